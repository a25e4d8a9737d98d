"""Funds and custody accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from crm.demo.accounts import SIZE, money, opened
from crm.demo.dice import Dice, Weighted
from crm.demo.rows import CustomerRow

_FUNDS = Weighted(
    {
        ("Balanced fund", "FUND-BAL", "CZK"): 34,
        ("Government bond fund", "FUND-BOND", "CZK"): 22,
        ("Global equity fund", "FUND-EQ", "EUR"): 18,
        ("Dollar liquidity fund", "FUND-LIQ", "USD"): 8,
        ("Custody account", "CUSTODY", "CZK"): 14,
        ("Tokyo index fund", "FUND-JP", "JPY"): 4,
    }
)
_HOLDS = {"MASS": 0.18, "AFFLUENT": 0.5, "PRIVATE": 0.8, "SME": 0.06, "CORPORATE": 0.3}
_AMOUNT = 90_000


def draw(dice: Dice, owner: CustomerRow, today: date) -> Iterator[dict[str, Any]]:
    """Yield what he has invested; the better off, the likelier."""
    if dice.chance(_HOLDS[owner.segment]):
        yield _fund(dice, owner, today)
        if dice.chance(0.4):
            yield _fund(dice, owner, today)


def _fund(dice: Dice, owner: CustomerRow, today: date) -> dict[str, Any]:
    name, code, currency = _FUNDS.draw(dice)
    return {
        "kind": "INVESTMENT",
        "product_code": f"{code}-{currency}",
        "name": name,
        "currency": currency,
        "balance": money(dice, dice.about(_AMOUNT * min(SIZE[owner.segment], 12), spread=1.0), currency),
        "opened_on": opened(dice, owner, today),
    }
