"""Current and savings accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from crm.demo.arrears import exceeded
from crm.demo.currencies import FOREIGN, money
from crm.demo.dice import Dice
from crm.demo.rows import CustomerRow

SIZE = {"MASS": 0.7, "AFFLUENT": 1.8, "PRIVATE": 5, "SME": 3, "CORPORATE": 22}
_CURRENT, _SAVINGS, _LIMIT = 30_000, 70_000, 20_000
_OVERDRAWN, _EXCEEDED, _DORMANT, _BLOCKED, _PENDING = 0.05, 0.08, 0.01, 0.006, 0.004


def draw(dice: Dice, owner: CustomerRow, today: date) -> Iterator[dict[str, Any]]:
    """Yield a current account, mostly a savings account too, some in another currency, and those that were closed."""
    yield _current(dice, owner, today, owner.currency)
    if dice.chance(0.3):
        yield _current(dice, owner, today, "CZK")
    if dice.chance(0.62):
        yield _savings(dice, owner, today)
    if dice.chance(0.22 if owner.kind == "PERSON" else 0.6):
        yield _current(dice, owner, today, FOREIGN.draw(dice))
    if dice.chance(0.4):
        yield _gone(dice, owner, today)


def draw_for_child(dice: Dice, owner: CustomerRow, today: date) -> Iterator[dict[str, Any]]:
    """Yield what the parents have opened for a child."""
    yield _savings(dice, owner, today) | {"product_code": "SAV-CHILD-CZK", "name": "Children's savings"}


def opened(dice: Dice, owner: CustomerRow, today: date) -> date:
    """Give a day since he came."""
    return dice.day(owner.joined_on or today, today)


def _current(dice: Dice, owner: CustomerRow, today: date, currency: str) -> dict[str, Any]:
    amount = dice.about(_CURRENT * SIZE[owner.segment], spread=0.9)
    limit = money(dice, dice.about(_LIMIT * SIZE[owner.segment], step=5_000), currency).to_integral_value()
    overdrawn = currency == "CZK" and dice.chance(_OVERDRAWN)
    balance = -min(money(dice, amount * 0.4, currency), limit) if overdrawn else money(dice, amount, currency)
    has_limit = overdrawn or dice.chance(0.2)
    beyond = _beyond(dice, limit) if overdrawn and dice.chance(_EXCEEDED) else {}
    return {
        "kind": "ACCOUNT",
        "product_code": f"CUR-{'B' if owner.kind == 'ORGANISATION' else 'P'}-{currency}",
        "name": "Business account" if owner.kind == "ORGANISATION" else "Current account",
        "currency": currency,
        "balance": balance,
        "available": balance + limit if has_limit else balance,
        "credit_limit": limit if has_limit else None,
        "rate": Decimal("0.000100"),
        "rate_type": "VARIABLE",
        "opened_on": opened(dice, owner, today),
        "status": _status(dice),
    } | beyond


def _beyond(dice: Dice, limit: Decimal) -> dict[str, Any]:
    """More is drawn than the limit allows, and has been for a while."""
    days, excess = 1 + dice.below(140), dice.cents(500 + dice.below(int(limit) + 1))
    return exceeded(days, excess) | {"balance": -(limit + excess)}


def _savings(dice: Dice, owner: CustomerRow, today: date) -> dict[str, Any]:
    balance = money(dice, dice.about(_SAVINGS * SIZE[owner.segment], spread=0.95), "CZK")
    return {
        "kind": "ACCOUNT",
        "product_code": "SAV-CZK",
        "name": "Savings account",
        "balance": balance,
        "available": balance,
        "rate": Decimal(200 + dice.below(180)).scaleb(-4),
        "rate_type": "VARIABLE",
        "opened_on": opened(dice, owner, today),
    }


def _gone(dice: Dice, owner: CustomerRow, today: date) -> dict[str, Any]:
    opened_on = opened(dice, owner, today)
    return {
        "kind": "ACCOUNT",
        "product_code": "CUR-P-CZK",
        "name": "Current account",
        "balance": dice.nothing,
        "opened_on": opened_on,
        "closed_on": dice.day(opened_on, today),
        "status": "CLOSED",
    }


def _status(dice: Dice) -> str:
    chance = dice.random()
    if chance < _PENDING:
        return "PENDING"
    if chance < _PENDING + _BLOCKED:
        return "BLOCKED"
    return "DORMANT" if chance < _PENDING + _BLOCKED + _DORMANT else "ACTIVE"
