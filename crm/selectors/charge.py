"""Who has how many customers in charge, and of whom a handover is, each as far as the reader may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from crm.models import Capacity, Customer, Handover, HandoverCustomer
from crm.selectors.portfolio import units_seen_by
from finpulse.identity.models import User
from finpulse.kernel.proposals.models import WAITING, Proposal

MOST_MANAGERS = 50


@dataclass(frozen=True)
class Load:
    """A manager with how many customers he has, restricted ones not counted, and may have; None for no limit."""

    manager: User
    has: int
    most: int | None


def loads_seen_by(user: Any, words: str = "") -> list[Load]:
    """Give those who look after customers in the units of which the user sees all, the first fifty by name."""
    managers = User.objects.filter(
        is_active=True, groups__name__in=("customer_manager", "supervisor"), unit__in=units_seen_by(user)
    )
    if words:
        named = Q(username__istartswith=words) | Q(first_name__istartswith=words) | Q(last_name__istartswith=words)
        managers = managers.filter(named)
    page = list(managers.select_related("unit").order_by("last_name", "username").distinct()[:MOST_MANAGERS])
    counts = Customer.objects.filter(manager__in=page, restricted=False).order_by().values_list("manager")
    has = dict(counts.annotate(number=Count("pk")))
    most = dict(Capacity.objects.filter(manager__in=page).values_list("manager", "most"))
    return [Load(manager, has.get(manager.pk, 0), most.get(manager.pk)) for manager in page]


def in_waiting_handovers(customer_ids: Iterable[int] | QuerySet[Any]) -> QuerySet[HandoverCustomer]:
    """Give the places of these customers on the lists of handovers that are not yet done."""
    waits = Proposal.objects.filter(WAITING, subject_type="crm.handover", subject_id=OuterRef("handover"))
    rows: QuerySet[HandoverCustomer] = HandoverCustomer.objects.filter(Exists(waits), customer__in=customer_ids)
    return rows


def handover_proposal(handover: Handover) -> Proposal | None:
    """Give what became of it; None where it was done without a second person."""
    rows = Proposal.objects.filter(subject_type="crm.handover", subject_id=handover.pk)
    return rows.select_related("decided_by").order_by("-pk").first()


def handover_customers(handover: Handover, user: Any) -> QuerySet[Customer]:
    """Give its customers whom the user sees, by name."""
    listed = handover.listed.all()
    rows: QuerySet[Customer] = Customer.objects.visible_to(user).filter(pk__in=listed.values("customer"))
    return rows.select_related("manager", "unit").order_by("sort_name", "pk")


def handover_hidden(handover: Handover, seen: int) -> int:
    """Give how many of its customers the user does not see; of restricted ones nobody hears."""
    return max(handover.listed.filter(customer__restricted=False).count() - seen, 0)
