"""Where this app plugs into the kernel's registries."""

from finpulse.kernel.registries import NavigationEntry, api_routes, navigation, role_permissions
from products import permissions


def register() -> None:
    """Register permissions, navigation and routes."""
    role_permissions.register("products", permissions.ROLES)
    navigation.register(
        "products",
        NavigationEntry(
            "Bank", "Products", "admin:products_product_changelist", "cube", "products.view_product", key="r"
        ),
        weight=30,
    )
    _routes()


def _routes() -> None:
    from products.api import products, rates

    api_routes.register("products", products.ProductViewSet)
    api_routes.register("rates", rates.RateViewSet)
