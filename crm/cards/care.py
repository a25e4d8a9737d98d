"""How much there is to look after."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.selectors.my_day import DAYS_AHEAD, customers_in_care, due_and_maturing
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
        return {
            "customers": customers_in_care(request.user),
            "days": DAYS_AHEAD,
            **due_and_maturing(request.user, timezone.localdate()),
        }
