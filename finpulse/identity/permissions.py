"""What each role may do with people, units and the queue."""

_QUEUE = ("kernel.view_queuedtask", "kernel.change_queuedtask")

# What one proposes another decides; which, each kind of proposal says itself.
_APPROVALS = ("kernel.view_proposal",)
_SIGN_INS = ("identity.view_signinattempt",)
_TRAIL = (
    "audit.view_auditevent",
    "identity.view_user",
    "identity.view_role",
    "identity.view_unit",
    "identity.view_cover",
    "identity.view_claimmapping",
    *_SIGN_INS,
)

_COVERS = ("identity.view_cover", "identity.add_cover")

ROLES = {
    "customer_manager": (*_COVERS, *_APPROVALS),
    "supervisor": (*_COVERS, "identity.view_user", *_APPROVALS),
    "product_administrator": _APPROVALS,
    "system_administrator": (
        "identity.view_role",
        # Of the trail, what concerns people, roles and tokens.
        "audit.view_auditevent",
        "identity.view_user",
        "identity.change_user",
        "identity.view_signinsession",
        "identity.change_signinsession",
        "identity.view_unit",
        "identity.view_claimmapping",
        *_SIGN_INS,
        *_QUEUE,
        *_APPROVALS,
    ),
    "administrator": ("identity.view_unit", *_QUEUE, *_APPROVALS),
    "auditor": _TRAIL,
    "compliance": (*_TRAIL, *_APPROVALS),
}
