"""Where the customer module plugs into the kernel's registries."""

from crm import permissions
from crm.models import Customer, CustomerGroupObjectPermission, CustomerUserObjectPermission, Holding
from finpulse.kernel.registries import Subject, grant_models, role_permissions, subjects


def register() -> None:
    """Register permissions, subjects, grants, panels, cards, routes and alert kinds."""
    role_permissions.register("crm", permissions.ROLES)
    subjects.register("crm.customer", Subject(Customer, "admin:crm_customer_change"))
    subjects.register("crm.holding", Subject(Holding, "admin:crm_holding_change"))
    grant_models.register("crm.user", CustomerUserObjectPermission)
    grant_models.register("crm.group", CustomerGroupObjectPermission)
