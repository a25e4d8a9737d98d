"""What each role may do with people, units and the queue."""

ROLES = {
    "system_administrator": (
        "identity.view_user",
        "identity.view_unit",
        "kernel.view_queuedtask",
    ),
    "administrator": ("identity.view_unit", "kernel.view_queuedtask"),
    "auditor": ("audit.view_auditevent", "identity.view_unit"),
    "compliance": ("audit.view_auditevent", "identity.view_unit"),
}
