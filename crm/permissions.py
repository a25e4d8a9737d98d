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
)
_WORK = (
    *_LOOK,
    "crm.change_customer",
    "crm.add_interaction",
    "crm.add_task",
    "crm.change_task",
)

ROLES = {
    "customer_manager": _WORK,
    "supervisor": _WORK,
    "administrator": _LOOK,
    "compliance": _LOOK,
    "auditor": _LOOK,
    "integration": _WORK,
}
