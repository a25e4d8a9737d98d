"""Customers of somebody who has left: to their units' pools, unless a cover bridges."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from crm.models import CoverCustomer, Customer, CustomerUserObjectPermission
from crm.services.charge import charge_move
from finpulse.audit.services import record_many
from finpulse.identity.models import Cover, User
from finpulse.kernel.access.grants import in_force

FELL = "crm.customer.fell_to_pool"
LEFT = "The manager in charge has left."


@transaction.atomic
def customers_let_go(*, manager: User, actor: Any, now: datetime) -> int:
    """Give the customers of a leaver to their units' pools. Gives how many fell.

    While a colleague covers him, he keeps seeing the customers that the cover opens, so those wait for its end; a
    restricted one who is not named in it falls at once.
    """
    customers = Customer.objects.select_for_update(no_key=True).filter(manager=manager).order_by("pk")
    covers = Cover.objects.in_force().filter(covered=manager, coverer__is_active=True)
    customers = customers.exclude(pk__in=CoverCustomer.objects.filter(cover__in=covers).values("customer"))
    if covers.filter(scope=Cover.Scope.ALL).exists():
        customers = customers.filter(restricted=True)
    falling = list(customers)
    if falling:
        charge_move(customers=falling, to_manager=None, actor=actor, verb=FELL, reason=LEFT)
    return len(falling)


@transaction.atomic
def grants_let_go(*, user: User, actor: Any, now: datetime) -> int:
    """End the personal grants of a leaver. Gives how many."""
    rows = CustomerUserObjectPermission.objects.select_for_update(of=("self",)).filter(in_force(), user=user)
    ended = list(rows.order_by("pk").values_list("pk", "content_object"))
    CustomerUserObjectPermission.objects.filter(pk__in=[key for key, _ in ended]).update(until_at=now)
    details = {customer: {"of": user.pk} for _, customer in ended}
    record_many("crm.customer.grant_ended", actor=actor, subject_type="crm.customer", details=details, reason=LEFT)
    return len(details)


def customers_of_leavers_let_go(*, now: datetime, actor: Any = None) -> int:
    """Let go the customers of all who have left and whom nobody covers any more, each leaver in one transaction."""
    return sum(customers_let_go(manager=leaver, actor=actor, now=now) for leaver in _leavers())


def _leavers() -> QuerySet[User]:
    roles = User.groups.through.objects.filter(user=OuterRef("pk"))
    charge = Customer.objects.filter(manager=OuterRef("pk"))
    gone: QuerySet[User] = User.objects.filter(Q(is_active=False) | ~Exists(roles)).filter(Exists(charge))
    return gone.order_by("pk")
