"""What an investment is made of, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from crm.demo.currencies import WORTH
from crm.demo.dice import Dice
from crm.demo.securities import SHARES, SHARES_IN, Security
from finpulse.kernel.money import in_minor_units

MOST = 6
_ABROAD, _UNPRICED = 0.25, 0.08


class Lot(NamedTuple):
    """So much of one security; what has no price has neither its currency nor its day."""

    isin: str
    name: str
    quantity: Decimal
    price: Decimal | None
    price_currency: str
    price_on: date | None


def chosen(dice: Dice, currency: str) -> list[Security]:
    """Choose what lies in a custody account: two to six, mostly in its currency."""
    at_home = SHARES_IN[currency]
    wanted = min(2 + dice.below(MOST - 1), len(at_home))
    start = dice.below(len(at_home))
    picked = [at_home[(start + step) % len(at_home)] for step in range(wanted)]
    abroad = dice.pick(SHARES)
    return [*picked, abroad] if dice.chance(_ABROAD) and len(picked) < MOST and abroad not in picked else picked


def bought(dice: Dice, securities: Sequence[Security], amount: float, currency: str, day: date) -> list[Lot]:
    """Buy the securities for about this amount of the currency, at the prices of the day; one may have none."""
    lots = []
    for place, security in enumerate(securities):
        price = security.price(day)
        paid = amount / len(securities) * (0.6 + 0.8 * dice.random()) * WORTH[currency] / WORTH[security.currency]
        lot = lot_of(security, paid / float(price), day)
        if place and dice.chance(_UNPRICED):
            lot = lot._replace(price=None, price_currency="", price_on=None)
        lots.append(lot)
    return lots


def lot_of(security: Security, quantity: float, day: date) -> Lot:
    """Give a lot at the price of the day, in whole securities where there are no fractions of it."""
    places = security.fraction_places
    amount = Decimal(max(1, round(quantity * 10**places))).scaleb(-places)
    return Lot(security.isin, security.name, amount, security.price(day), security.currency, day)


def worth(lots: Sequence[Lot], currency: str) -> Decimal:
    """Add up what is priced, in the currency's minor units; a price in another currency at its rough worth."""
    total = Decimal(0)
    for lot in lots:
        if lot.price is not None:
            value = lot.quantity * lot.price
            abroad = lot.price_currency != currency
            total += value * Decimal(str(WORTH[lot.price_currency] / WORTH[currency])) if abroad else value
    return in_minor_units(total, currency)


def investment(lots: Sequence[Lot], currency: str, **facts: Any) -> dict[str, Any]:
    """Give an investment of these lots."""
    balance = worth(lots, currency)
    return {"kind": "INVESTMENT", "currency": currency, "balance": balance, "lots": tuple(lots)} | facts
