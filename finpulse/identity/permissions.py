"""What each role may do with people, units and the queue."""

_QUEUE = ("kernel.view_queuedtask", "kernel.change_queuedtask")

_COVERS = ("identity.view_cover", "identity.add_cover")

ROLES = {
    "customer_manager": _COVERS,
    "supervisor": _COVERS,
    "system_administrator": (
        "identity.view_user",
        "identity.view_signinsession",
        "identity.change_signinsession",
        "identity.view_unit",
        *_QUEUE,
    ),
    "administrator": ("identity.view_unit", *_QUEUE),
    "auditor": ("audit.view_auditevent", "identity.view_unit", "identity.view_cover"),
    "compliance": ("audit.view_auditevent", "identity.view_unit", "identity.view_cover"),
}
