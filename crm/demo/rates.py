"""Exchange rates of the demo bank's currencies: at thirteen month ends and today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from crm.demo.currencies import UNQUOTED, WORTH
from crm.demo.dice import Dice
from crm.demo.plan import SOURCE, DemoPlan
from crm.models import ExchangeRate

MONTHS = 13
_FAR_FROM_CUSTOMERS = 1 << 39
_WIDTH, _A_MONTH = 0.02, 0.0015
_PLACES = 6


def quote(plan: DemoPlan, base: str) -> int:
    """Quote what the bank's table does not have yet, as this bank's own. Gives how many."""
    ExchangeRate.objects.bulk_create(_rates(plan, base), ignore_conflicts=True)
    return ExchangeRate.objects.filter(source=SOURCE).count()


def withdraw() -> None:
    """Take the demo bank's own rates away."""
    ExchangeRate.objects.filter(source=SOURCE).delete()


def _rates(plan: DemoPlan, base: str) -> Iterator[ExchangeRate]:
    quoted = [currency for currency in WORTH if currency not in {base, UNQUOTED}] if base in WORTH else []
    dice = Dice()
    for place, currency in enumerate(quoted):
        dice.shake(plan.seed, _FAR_FROM_CUSTOMERS + place)
        for ago, day in enumerate(_days(plan.today)):
            swing = 1 + _WIDTH * (dice.random() - 0.5) - _A_MONTH * ago
            rate = Decimal(round(WORTH[currency] / WORTH[base] * swing * 10**_PLACES)).scaleb(-_PLACES)
            yield ExchangeRate(currency=currency, base=base, as_of=day, rate=rate, source=SOURCE)


def _days(today: date) -> Iterator[date]:
    """Yield today and the month ends before it, latest first."""
    day = today
    for _ in range(MONTHS + 1):
        yield day
        day = day.replace(day=1) - timedelta(days=1)
