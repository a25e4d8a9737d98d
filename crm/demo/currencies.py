"""The currencies of the demo bank, with amounts in their own minor units."""

from __future__ import annotations

from decimal import Decimal

from crm.demo.dice import Dice, Weighted
from finpulse.kernel.money import MINOR_UNITS, USUAL_MINOR_UNITS

# What one unit of a currency is worth in Czech crowns, roughly: amounts stay plausible, and rates lie around it.
WORTH = {
    "CZK": 1.0, "EUR": 25.0, "USD": 22.0, "GBP": 29.0, "CHF": 26.5, "PLN": 5.8, "JPY": 0.15, "KWD": 72.0, "UAH": 0.55,
}  # fmt: skip
# Held here and there, and quoted nowhere: what is in it cannot be converted.
UNQUOTED = "UAH"
FOREIGN = Weighted({"EUR": 620, "USD": 180, "GBP": 55, "CHF": 40, "PLN": 50, "JPY": 25, "KWD": 15, "UAH": 25})


def money(dice: Dice, amount: float, currency: str) -> Decimal:
    """Give an amount of Czech crowns in this currency, in its own minor units."""
    converted = max(1, round(amount / WORTH[currency]))
    places = MINOR_UNITS.get(currency, USUAL_MINOR_UNITS)
    unit = 10**places
    return Decimal(converted * unit + (dice.below(unit) if places else 0)).scaleb(-places)
