"""The columns of amounts."""

from __future__ import annotations

from typing import Any

from django.db import models

# Four places: as fine as the finest minor unit of ISO 4217.
AMOUNT_DIGITS, AMOUNT_PLACES = 20, 4


def amount_field(**facts: Any) -> models.DecimalField[Any, Any]:
    """Give a column for an amount in the currency that stands beside it; empty is not known, never zero."""
    return models.DecimalField(
        max_digits=AMOUNT_DIGITS, decimal_places=AMOUNT_PLACES, **{"null": True, "blank": True} | facts
    )
