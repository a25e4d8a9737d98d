"""Credit cards: what is drawn is negative. A card's number is nowhere in FinPulse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from crm.demo.accounts import SIZE, opened
from crm.demo.arrears import late
from crm.demo.dice import Dice
from crm.demo.rows import CustomerRow

_LATE, _LEAST_PAYMENT = 0.03, Decimal("0.05")
_TIERS = {"MASS": "Classic", "AFFLUENT": "Gold", "PRIVATE": "Platinum", "SME": "Business", "CORPORATE": "Corporate"}


def draw(dice: Dice, owner: CustomerRow, today: date) -> Iterator[dict[str, Any]]:
    """Yield a credit card, of organisations sometimes several, and one that was given back."""
    if dice.chance(0.55):
        yield _card(dice, owner, today)
    if dice.chance(0.2):
        yield _returned(dice, owner, today)
    if owner.kind == "ORGANISATION" and dice.chance(0.35):
        yield _card(dice, owner, today)


def _card(dice: Dice, owner: CustomerRow, today: date) -> dict[str, Any]:
    limit = Decimal(dice.about(30_000 * min(SIZE[owner.segment], 10), spread=0.5, step=5_000))
    drawn = dice.nothing if dice.chance(0.45) else dice.cents(dice.below(int(limit)))
    tier = _TIERS[owner.segment]
    least = (drawn * _LEAST_PAYMENT).quantize(drawn)
    overdue = late(1 + dice.below(120), least, today) if least and dice.chance(_LATE) else {}
    return {
        "kind": "CARD",
        "product_code": f"CARD-{tier.upper()}",
        "name": f"{tier} card",
        "balance": -drawn,
        "available": limit - drawn,
        "credit_limit": limit,
        "rate": Decimal("0.1990"),
        "rate_type": "VARIABLE",
        "opened_on": opened(dice, owner, today),
        "status": "BLOCKED" if dice.chance(0.01) else "ACTIVE",
    } | overdue


def _returned(dice: Dice, owner: CustomerRow, today: date) -> dict[str, Any]:
    opened_on = opened(dice, owner, today)
    return {
        "kind": "CARD",
        "product_code": "CARD-CLASSIC",
        "name": "Classic card",
        "balance": dice.nothing,
        "opened_on": opened_on,
        "closed_on": dice.day(opened_on, today),
        "status": "CLOSED",
    }
