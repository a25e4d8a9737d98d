"""The quarter's lists as their pages and cards show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from crm.models import Customer, Recertification, RecertificationItem

MOST = 500
SHOWN_QUARTERS = 8
# Who sees how far everybody's lists are.
WATCH = frozenset({"compliance", "auditor"})


def own_list(user: Any) -> Recertification | None:
    """Give the user's list: the first on which something is left to decide, else the latest, or None."""
    latest_first = list(lists().filter(reviewer=user.pk)[:SHOWN_QUARTERS])
    left = [made for made in latest_first if made.decided < made.total]
    return next(iter([*left[::-1], *latest_first]), None)


def lists() -> QuerySet[Any]:
    """Give lists, the latest quarter's first, with how many are on each and how many of these are decided."""
    decided = Count("items", filter=~Q(items__decision=""))
    rows = Recertification.objects.select_related("reviewer__unit").annotate(total=Count("items"), decided=decided)
    return rows.order_by("-quarter_on", "due_on", "pk")


def items_of(made: Recertification, user: Any) -> list[RecertificationItem]:
    """Give what stands on a list, undecided first; `customer` on a grant only if the user sees him."""
    rows = made.items.select_related("person__unit", "cover__covered", "cover__coverer", "grant__granted_by")
    items = list(rows.prefetch_related("person__groups").order_by("decision", "kind", "person__last_name", "pk")[:MOST])
    keys = [item.grant.content_object_id for item in items if item.grant is not None]
    seen = Customer.objects.visible_to(user).filter(pk__in=keys).in_bulk() if keys else {}
    managed = Customer.objects.visible_to(user).filter(manager__in=[item.person_id for item in items]).order_by()
    books = dict(managed.values_list("manager").annotate(number=Count("pk")))
    for item in items:
        told: Any = item
        told.customer = seen.get(item.grant.content_object_id) if item.grant is not None else None
        told.book = books.get(item.person_id, 0)
    return items


def open_items(user: Any) -> QuerySet[RecertificationItem]:
    """Give what the user has still to decide."""
    return RecertificationItem.objects.filter(recertification__reviewer=user.pk, decision="").order_by()


def overdue(today: date) -> int:
    """Give how many lists are past their day with something left to decide."""
    late = Recertification.objects.filter(due_on__lt=today, items__decision="")
    return late.distinct().count()
