"""The customer module's cards on my day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.selectors.my_day import (
    DAYS_AHEAD,
    SHOWN_MATURITIES,
    customers_in_care,
    maturities_ahead,
    maturities_ahead_count,
    tasks_counted,
    tasks_due,
)
from finpulse.kernel.panels import Card, on_my_day


@on_my_day("crm.care")
class Care(Card):
    """How many customers there are to look after, what is due and what matures."""

    template = "crm/cards/care.html"
    permission = "crm.view_customer"
    column = "tiles"
    weight = 10

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """Count each."""
        today = timezone.localdate()
        return {
            "customers": customers_in_care(request.user),
            "due": tasks_counted(request.user, today).count(),
            "maturing": maturities_ahead_count(request.user, today),
            "days": DAYS_AHEAD,
        }


@on_my_day("crm.tasks")
class DueTasks(Card):
    """Tasks due by today."""

    template = "crm/cards/due_tasks.html"
    permission = "crm.view_task"
    weight = 10

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """Overdue first."""
        return {"tasks": tasks_due(request.user, timezone.localdate())}


@on_my_day("crm.maturities")
class Maturities(Card):
    """What matures within 30 days."""

    template = "crm/cards/maturities.html"
    permission = "crm.view_holding"
    weight = 20

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """Soonest first."""
        holdings = maturities_ahead(request.user, timezone.localdate())
        return {"holdings": holdings, "days": DAYS_AHEAD, "more": len(holdings) == SHOWN_MATURITIES}
