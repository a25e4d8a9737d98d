"""How far a system administrator may bend a role: what would defeat dual control stays as the code declares it."""

from __future__ import annotations

from django.apps import apps

from finpulse.identity.roles import ROLES, SEES_CUSTOMERS
from finpulse.kernel.access.scope import is_scoped
from finpulse.kernel.registries import charge_models, role_permissions

READS_TRAIL = "audit.view_auditevent"


def declared(role: str) -> frozenset[str]:
    """Give what the code says that a role holds."""
    return frozenset(permission for part in role_permissions for permission in part.get(role, ()))


def all_declared() -> list[str]:
    """Give every permission that any role holds by the code: no other is given to anybody."""
    return sorted({permission for role in ROLES for permission in declared(role)})


def limit(role: str, permission: str, *, held: bool) -> str:
    """Give why this role may not hold, or lack, the permission, or "" when it may; by the code it always may."""
    if (permission in declared(role)) is held:
        return ""
    return _may_not_gain(role, permission) if held else _may_not_lose(role, permission)


def _may_not_lose(role: str, permission: str) -> str:
    if permission == READS_TRAIL:
        return "The trail stays readable to those who audit."
    return ""


def _may_not_gain(role: str, permission: str) -> str:
    label = ROLES[role].label
    if role not in SEES_CUSTOMERS and _is_of_customers(permission):
        return f"{label} sees no customers and may do nothing with them: who gives access must not have it."
    if role == "auditor" and not _looks(permission):
        return "An auditor reads and changes nothing."
    if role in SEES_CUSTOMERS and not _looks(permission) and _gives_access(permission):
        return f"{label} sees customers: who sees them does not give access."
    return ""


def _looks(permission: str) -> bool:
    return permission.partition(".")[2].startswith("view_")


def _is_of_customers(permission: str) -> bool:
    """Tell whether it is of an app that has customers, or rows that hang on one."""
    app = permission.partition(".")[0]
    has_customers = {model._meta.app_label for model in charge_models}
    return app in has_customers or any(is_scoped(model) for model in apps.get_app_config(app).get_models())


def _gives_access(permission: str) -> bool:
    return permission in declared("system_administrator") and not any(
        permission in declared(role) for role in SEES_CUSTOMERS
    )
