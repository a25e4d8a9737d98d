"""The roles that are measured, with grants, a cover and a subtree, made by the services that the bank uses."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from crm.models import Customer, CustomerUserObjectPermission
from crm.services.grants import customer_grant
from finpulse.identity.models import Cover, Unit, User
from finpulse.identity.services import cover_give, unit_place

WHO = {
    "alice": "manager",
    "bob": "manager, 50 grants, a cover",
    "dana": "supervisor of a subtree",
    "erin": "administrator",
    "frank": "auditor",
}
GRANTS = 50
BELOW_NORTH = ("BRANCH03", "BRANCH04")
REASON = "the measurement"


def prepare() -> dict[str, User]:
    """Give bob his grants and his cover and dana her subtree, once; give all five with their access."""
    _widen_subtree()
    _give_cover()
    _give_grants()
    return {name: User.objects.with_access().get(username=name) for name in WHO}


def _widen_subtree() -> None:
    north = Unit.objects.get(code="NORTH")
    for unit in Unit.objects.filter(code__in=BELOW_NORTH):
        unit_place(code=unit.code, name=unit.name, kind=unit.kind, parent=north, actor=None)


def _give_cover() -> None:
    bob, covered = User.objects.get(username="bob"), User.objects.get(username="m0001")
    if Cover.objects.in_force().filter(coverer=bob, covered=covered).exists():
        return
    now = timezone.now()
    cover_give(
        covered=covered, coverer=bob, starts_at=now, ends_at=now + timedelta(days=365), actor=covered, reason=REASON
    )


def _give_grants() -> None:
    bob, grace = User.objects.get(username="bob"), User.objects.with_access().get(username="grace")
    wanted = GRANTS - CustomerUserObjectPermission.objects.filter(user=bob).count()
    strangers = Customer.objects.filter(manager__username="charlie").order_by("pk")[: max(wanted, 0)]
    for customer in strangers:
        customer_grant(customer_id=customer.pk, to_user=bob, actor=grace, reason=REASON)
