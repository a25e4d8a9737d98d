"""What each role may do with customers and what hangs on them."""

_LOOK = (
    "crm.view_customer",
    "crm.view_relationship",
    "crm.view_holding",
    "crm.view_holdingparty",
    "crm.view_position",
    "crm.view_balance",
    "crm.view_exchangerate",
    "crm.view_interaction",
    "crm.view_task",
    "crm.view_feeddifference",
    "crm.view_assignment",
)
_WORK = (
    *_LOOK,
    "crm.change_customer",
    "crm.add_interaction",
    "crm.add_task",
    "crm.change_task",
)
# Whom among his customers, policies.may_reveal says.
_REVEAL = ("crm.reveal_customer",)

# What ran, not whom it was about: numbers of customers stand on a load's page only where they are in scope.
_LOADS = ("crm.view_feedload",)

_HAND_OVER = ("crm.view_handover", "crm.add_handover")
_RECERTIFY = ("crm.view_recertification",)
_MOVE = (*_HAND_OVER, "crm.add_assignment", "crm.view_capacity")

ROLES = {
    # Who is to receive customers hears of it, and may refuse.
    "customer_manager": (*_WORK, *_REVEAL, "crm.view_handover"),
    "supervisor": (*_WORK, *_REVEAL, *_MOVE, *_RECERTIFY),
    "administrator": (*_LOOK, *_REVEAL, *_LOADS, *_MOVE),
    "compliance": (*_LOOK, *_REVEAL, *_LOADS, *_HAND_OVER, "crm.view_customeruserobjectpermission", *_RECERTIFY),
    "auditor": (*_LOOK, *_LOADS, *_RECERTIFY),
    "integration": _WORK,
    "system_administrator": _LOADS,
}
