"""What needs a manager today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet

from crm.models import Customer, Holding, HoldingParty, Task
from crm.querysets import HoldingQuerySet, OfCustomerQuerySet
from finpulse.kernel.access.keys import CAP, count_of, counts_of

SHOWN = 25
SHOWN_MATURITIES = 12
DAYS_AHEAD = 30
MOST_COUNTED = 99


def tasks_due(user: Any, today: date) -> list[Task]:
    """Give the user's open tasks due by today, overdue first, for customers still in his scope."""
    return list(_due(user, today).select_related("customer").order_by("due_on", "pk")[:SHOWN])


def tasks_counted(user: Any, today: date) -> QuerySet[Task]:
    """Give as many such tasks as are counted: 99."""
    return _due(user, today).order_by()[:MOST_COUNTED]


def _due(user: Any, today: date) -> OfCustomerQuerySet:
    rows: OfCustomerQuerySet = Task.objects.visible_to(user)
    return rows.filter(assignee=user, state=Task.State.OPEN, due_on__lte=today)


def maturities_ahead(user: Any, today: date) -> list[Holding]:
    """Give what matures within 30 days for customers in the user's scope, soonest and largest first."""
    ordered = (
        maturing_soon(user, today)
        .select_related("customer")
        .order_by("matures_on", F("balance").desc(nulls_last=True), "pk")
    )
    holdings = list(ordered[:SHOWN_MATURITIES])
    _name_owner_in_scope(holdings, user)
    return holdings


def due_and_maturing(user: Any, today: date) -> dict[str, int]:
    """Give how many such tasks are `due` and how many such holdings `maturing`, each counted to 99."""
    maturing = maturing_soon(user, today).order_by()[:MOST_COUNTED]
    return counts_of({"due": tasks_counted(user, today), "maturing": maturing}, user)


def maturing_soon(user: Any, today: date) -> HoldingQuerySet:
    """Give what matures within 30 days for customers in the user's scope."""
    return Holding.objects.visible_to(user).maturing(since=today, until=today + timedelta(days=DAYS_AHEAD))


def _name_owner_in_scope(holdings: list[Holding], user: Any) -> None:
    """Put on each holding the owner through whom the user sees it: of a party out of scope no name is shown."""
    parties = (
        HoldingParty.objects.visible_to(user)
        .owning()
        .filter(holding__in=[holding.pk for holding in holdings])
        .select_related("customer")
        .order_by("role", "pk")
    )
    seen_through = {party.holding_id: party.customer for party in parties}
    for holding in holdings:
        holding.seen_through = seen_through[holding.pk]  # type: ignore[attr-defined]


def customers_in_care(user: Any) -> str:
    """Give how many customers the user's scope holds, counted to 10,000."""
    reached = count_of(Customer.objects.visible_to(user), CAP + 1)
    return f"{CAP:,}+" if reached > CAP else f"{reached:,}"
