"""Exchange rates into the base currency, and totals converted at them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast, JSONObject

from crm.models import ExchangeRate
from crm.selectors.sums import Sum
from finpulse.kernel.money import in_minor_units

# What a currency was worth longer ago says nothing of today.
OLDEST = timedelta(days=366)


@dataclass(frozen=True)
class Rate:
    """One unit of a currency in the base currency, as of a day."""

    rate: Decimal
    as_of: date


@dataclass(frozen=True)
class Converted:
    """A total in the base currency: the part that is known and convertible (None when there is none of it), the rates
    it took, by currency, and beside it what has no rate and how many are not known.
    """

    amount: Decimal | None
    rates: dict[str, Rate] = field(default_factory=dict)
    not_convertible: dict[str, Decimal] = field(default_factory=dict)
    not_known: int = 0


@dataclass(frozen=True)
class Rates:
    """The rates of a day into `base`."""

    base: str
    by_currency: Mapping[str, Rate]

    def convert(self, total: Sum) -> Converted:
        """Convert a total; it is rounded once, to the base currency's minor units."""
        known = {self.base: Rate(Decimal(1), date.min)} | dict(self.by_currency)
        exact = [amount * known[currency].rate for currency, amount in total.amounts.items() if currency in known]
        return Converted(
            amount=in_minor_units(sum(exact, Decimal(0)), self.base) if exact else None,
            rates={currency: rate for currency, rate in sorted(self.by_currency.items()) if currency in total.amounts},
            not_convertible={
                currency: amount for currency, amount in sorted(total.amounts.items()) if currency not in known
            },
            not_known=total.not_known,
        )


def rates_read(day: date) -> ArraySubquery:
    """Give the rates of a day as an annotation, for a page that reads them with something else."""
    return ArraySubquery(_latest(day).values(facts=_FACTS))


def rates_of(facts: Iterable[Mapping[str, Any]]) -> Rates:
    """Give the rates from what `rates_read` annotated."""
    return Rates(
        settings.BASE_CURRENCY,
        {fact["currency"]: Rate(Decimal(fact["rate"]), date.fromisoformat(fact["as_of"])) for fact in facts},
    )


def latest_rates(day: date) -> Rates:
    """Read the rates of a day in one query."""
    return rates_of(_latest(day).values_list(_FACTS, flat=True))


_FACTS = JSONObject(currency=F("currency"), rate=Cast("rate", TextField()), as_of=F("as_of"))


def _latest(day: date) -> QuerySet[ExchangeRate]:
    rows = ExchangeRate.objects.filter(base=settings.BASE_CURRENCY, as_of__lte=day, as_of__gt=day - OLDEST)
    return rows.order_by("currency", "-as_of").distinct("currency")
