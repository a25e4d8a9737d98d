"""What each role may do with the catalogue."""

_LOOK = ("products.view_product", "products.view_rate")

ROLES: dict[str, tuple[str, ...]] = dict.fromkeys(
    (
        "customer_manager",
        "supervisor",
        "administrator",
        "product_administrator",
        "compliance",
        "auditor",
        "integration",
    ),
    _LOOK,
)
