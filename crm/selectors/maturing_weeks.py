"""What matures within 30 days, week by week."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from crm.selectors.my_day import DAYS_AHEAD, maturing_soon
from crm.selectors.rates import Rates, latest_rates
from crm.selectors.sums import Sum

WEEK = timedelta(days=7)
# A manager's month is some dozens. Whoever sees more than so many reads them in the list, not in a chart.
MOST = 1_000


@dataclass
class Week:
    """What matures from a Monday on: what the customers get back, and what they owe (negative)."""

    starts: date
    back: Sum = field(default_factory=Sum)
    owed: Sum = field(default_factory=Sum)
    holdings: int = 0

    def add(self, currency: str, balance: Decimal | None) -> None:
        """Take a holding in; one without a known balance is counted as such."""
        self.holdings += 1
        if balance is None:
            self.back.not_known += 1
        else:
            (self.owed if balance < 0 else self.back).add(currency, balance)


@dataclass(frozen=True)
class MaturingWeeks:
    """The weeks of the next 30 days, with the rates into the base currency."""

    weeks: list[Week]
    rates: Rates

    @property
    def holdings(self) -> int:
        """How many mature."""
        return sum(week.holdings for week in self.weeks)


def maturing_weeks(user: Any, today: date, *, most: int = MOST) -> MaturingWeeks | None:
    """Give the weeks for customers in the user's scope; None where more than `most` mature: no chart tells of them."""
    rows = maturing_soon(user, today).order_by("matures_on", "pk").values_list("matures_on", "currency", "balance")
    found = list(rows[: most + 1])
    if len(found) > most:
        return None
    weeks = {monday: Week(monday) for monday in _mondays(today)}
    for day, currency, balance in found:
        weeks[_monday(day)].add(currency, balance)
    return MaturingWeeks(list(weeks.values()), latest_rates(today))


def _mondays(today: date) -> list[date]:
    first, last = _monday(today), _monday(today + timedelta(days=DAYS_AHEAD))
    return [first + WEEK * n for n in range((last - first) // WEEK + 1)]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
