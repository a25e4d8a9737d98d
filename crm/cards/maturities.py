"""What comes to its end."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.selectors.my_day import DAYS_AHEAD, SHOWN_MATURITIES, maturities_ahead
from finpulse.kernel.panels import Card, on_my_day


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
