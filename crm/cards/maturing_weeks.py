"""What comes to its end, week by week."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.selectors.maturing_weeks import MaturingWeeks, maturing_weeks
from crm.selectors.my_day import DAYS_AHEAD
from crm.selectors.rates import Converted
from finpulse.kernel.charts import BarChart, Series
from finpulse.kernel.panels import Card, on_my_day


@on_my_day("crm.maturing_weeks")
class WeeksAhead(Card):
    """The amounts of the next 30 days as bars; no card where nothing matures or too much for one."""

    template = "crm/cards/maturing_weeks.html"
    permission = "crm.view_holding"
    column = "side"
    weight = 20

    def context(self, request: HttpRequest) -> dict[str, Any] | None:
        """The chart in the base currency, and how many holdings are in it."""
        ahead = maturing_weeks(request.user, timezone.localdate())
        if ahead is None or not ahead.holdings:
            return None
        return {"chart": _chart(ahead), "holdings": ahead.holdings, "days": DAYS_AHEAD, "base": ahead.rates.base}


def _chart(ahead: MaturingWeeks) -> BarChart:
    moments = [f"{week.starts.day} {week.starts:%b}" for week in ahead.weeks]
    back = _series("To get back", "net", [ahead.rates.convert(week.back) for week in ahead.weeks])
    owed = _series("Owed", "bad", [ahead.rates.convert(week.owed) for week in ahead.weeks])
    return BarChart(moments, [back, owed] if any(owed.values) else [back])


def _series(label: str, tone: str, totals: list[Converted]) -> Series:
    partial = [bool(total.not_known or total.not_convertible) for total in totals]
    values = [_amount(total, is_partial) for total, is_partial in zip(totals, partial, strict=True)]
    return Series(label, tone, values, partial)


def _amount(total: Converted, is_partial: bool) -> Decimal | None:
    """Give nothing matured as a zero, and what cannot be told as not known."""
    return Decimal(0) if total.amount is None and not is_partial else total.amount
