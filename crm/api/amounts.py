"""Decimals as the API writes them: strings, each as fine as what it counts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers
from rest_framework.fields import get_attribute

from crm.models.amounts import AMOUNT_DIGITS, AMOUNT_PLACES
from finpulse.kernel.money import in_minor_units


class AmountField(serializers.DecimalField):
    """An amount in the minor units of its currency, which the row names in `currency_from` ("holding.currency")."""

    def __init__(self, *, currency_from: str = "currency", **facts: Any) -> None:
        self._path = currency_from.split(".")
        super().__init__(AMOUNT_DIGITS, AMOUNT_PLACES, **{"read_only": True} | facts)

    def get_attribute(self, instance: Any) -> Any:
        """Give the amount with its currency; None is not known."""
        amount = super().get_attribute(instance)
        return None if amount is None else (amount, get_attribute(instance, self._path))

    def to_representation(self, value: Any) -> str:
        """Write "900000" yen, "1890.000" dinars, "-12.50" crowns."""
        return f"{in_minor_units(*value):f}"


class NumberField(serializers.DecimalField):
    """A quantity, a price or a share without the zeros that its column adds."""

    def __init__(self, *, digits: int, places: int, **facts: Any) -> None:
        super().__init__(digits, places, **{"read_only": True} | facts)

    def to_representation(self, value: Decimal) -> str:
        """Write "0.5", "1200"."""
        return f"{value.normalize():f}"


def share_field() -> NumberField:
    """Give the field of a share, a fraction."""
    return NumberField(digits=7, places=6)
