"""What each role may do with people, units and the queue."""

_QUEUE = ("kernel.view_queuedtask", "kernel.change_queuedtask")

ROLES = {
    "system_administrator": (
        "identity.view_user",
        "identity.view_unit",
        *_QUEUE,
    ),
    "administrator": ("identity.view_unit", *_QUEUE),
    "auditor": ("audit.view_auditevent", "identity.view_unit"),
    "compliance": ("audit.view_auditevent", "identity.view_unit"),
}
