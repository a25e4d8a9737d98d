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
)
_WORK = (
    *_LOOK,
    "crm.change_customer",
    "crm.add_interaction",
    "crm.add_task",
    "crm.change_task",
)

# What ran, not whom it was about: numbers of customers stand on a load's page only where they are in scope.
_LOADS = ("crm.view_feedload",)

ROLES = {
    "customer_manager": _WORK,
    "supervisor": _WORK,
    "administrator": (*_LOOK, *_LOADS),
    "compliance": (*_LOOK, *_LOADS),
    "auditor": (*_LOOK, *_LOADS),
    "integration": _WORK,
    "system_administrator": _LOADS,
}
