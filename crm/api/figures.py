"""Shapes of figures in the API: sums by currency, the same in the base currency, what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from crm.selectors.figures import Figures
from crm.selectors.rates import Converted, Rate, Rates
from crm.selectors.sums import Sum
from finpulse.kernel.money import in_minor_units

OF_MANY = (
    "deposits", "investments", "lending_drawn", "undrawn", "business_volume", "net_position", "guarantees",
)  # fmt: skip
OF_ONE = (*OF_MANY, "exposure")


class CurrencyAmountSerializer(serializers.Serializer):
    """An amount in the minor units of its currency."""

    currency = serializers.CharField()
    amount = serializers.CharField()


class AppliedRateSerializer(serializers.Serializer):
    """One unit of `currency` in the base currency, as of a day."""

    currency = serializers.CharField()
    rate = serializers.CharField()
    as_of = serializers.DateField()


class ConvertedSerializer(serializers.Serializer):
    """A total in the base currency, null where nothing of it is known and convertible, with the rates it took.

    Beside it what has no rate, and how many amounts are not known: neither is in it.
    """

    amount = serializers.CharField(allow_null=True)
    rates = AppliedRateSerializer(many=True)
    not_convertible = CurrencyAmountSerializer(many=True)
    not_known = serializers.IntegerField()


class FigureSerializer(ConvertedSerializer):
    """A total by currency, and the same in the base currency."""

    by_currency = CurrencyAmountSerializer(many=True)


class FiguresOfManySerializer(serializers.Serializer):
    """Figures over many customers, a holding counted once. Lending drawn is positive, guarantees are contingent."""

    deposits = FigureSerializer()
    investments = FigureSerializer()
    lending_drawn = FigureSerializer()
    undrawn = FigureSerializer()
    business_volume = FigureSerializer()
    net_position = FigureSerializer()
    guarantees = FigureSerializer()


class FiguresOfOneSerializer(FiguresOfManySerializer):
    """Figures of one customer. Exposure is lending drawn and undrawn."""

    exposure = FigureSerializer()


def figures_told(figures: Figures, rates: Rates, names: tuple[str, ...]) -> dict[str, Any]:
    """Give the figures of these names as FigureSerializer shapes them."""
    return {name: _figure(getattr(figures, name), rates) for name in names}


def _figure(total: Sum, rates: Rates) -> dict[str, Any]:
    return {"by_currency": _amounts(total.amounts)} | converted_told(rates.convert(total), rates.base)


def converted_told(total: Converted, base: str) -> dict[str, Any]:
    """Give a converted total as ConvertedSerializer shapes it."""
    return {
        "amount": None if total.amount is None else _amount(total.amount, base),
        "rates": rates_told(total.rates),
        "not_convertible": _amounts(total.not_convertible),
        "not_known": total.not_known,
    }


def rates_told(rates: Mapping[str, Rate]) -> list[dict[str, Any]]:
    """Give rates as AppliedRateSerializer shapes them."""
    return [
        {"currency": currency, "rate": f"{rate.rate.normalize():f}", "as_of": rate.as_of}
        for currency, rate in rates.items()
    ]


def _amounts(amounts: Mapping[str, Decimal]) -> list[dict[str, str]]:
    return [{"currency": currency, "amount": _amount(amount, currency)} for currency, amount in sorted(amounts.items())]


def _amount(amount: Decimal, currency: str) -> str:
    return f"{in_minor_units(amount, currency):f}"
