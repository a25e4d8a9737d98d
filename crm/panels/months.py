"""What there was and what was owed at the last twelve month ends, and today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.panels.overview import overview_of, rates_for
from crm.selectors.figures import Figures
from crm.selectors.months import MonthEnd, months_of
from crm.selectors.rates import Converted, Rates
from crm.selectors.sums import Sum
from finpulse.kernel.charts import LineChart, Series
from finpulse.kernel.panels import Panel, on_page_of


@dataclass(frozen=True)
class Row:
    """A line of the table behind the chart."""

    words: str
    month: MonthEnd


@on_page_of("crm.customer", "crm.months")
class Months(Panel):
    """What there was and what was owed over twelve months."""

    template = "crm/panels/months.html"
    permission = "crm.view_holding"
    column = "side"
    weight = 5

    def context(self, request: HttpRequest, customer: Any) -> dict[str, Any]:
        """The chart, with the table that says the same."""
        today = timezone.localdate()
        ends = months_of(customer.months, today)
        now = _now(overview_of(request, customer).figures, rates_for(customer), today)
        rows = [*(Row(f"{end.on:%b %Y}", end) for end in ends), Row("Today", now)]
        return {
            "customer": customer,
            "has_months": any(end.net.amount is not None for end in ends),
            "rows": rows[::-1],
            "chart": LineChart([row.words for row in rows], _lines([*ends, now])),
            "base": rates_for(customer).base,
        }


def _lines(ends: list[MonthEnd]) -> list[Series]:
    net = Series("Net position", "net", [end.net.amount for end in ends], [_is_partial(end.net) for end in ends])
    assets, debts = [end.assets.amount for end in ends], [end.debts.amount for end in ends]
    if not any(assets) or not any(debts):
        return [net]
    return [net, Series("Has", "has", assets), Series("Owes", "owes", debts)]


def _is_partial(total: Converted) -> bool:
    return bool(total.not_known or total.not_convertible)


def _now(figures: Figures, rates: Rates, today: date) -> MonthEnd:
    assets = figures.deposits + figures.investments
    owed = figures.lending_drawn
    debts = Sum({currency: -amount for currency, amount in owed.amounts.items()}, owed.not_known)
    return MonthEnd(today, rates.convert(assets), rates.convert(debts), rates.convert(figures.net_position))
