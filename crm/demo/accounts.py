"""Current and savings accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from crm.demo.dice import Dice, Weighted
from crm.demo.rows import CustomerRow

SIZE = {"MASS": 0.7, "AFFLUENT": 1.8, "PRIVATE": 5, "SME": 3, "CORPORATE": 22}
# What one unit of a currency is worth in the bank's own, roughly: only to keep amounts plausible.
WORTH = {"CZK": 1, "EUR": 25, "USD": 22, "JPY": 0.15, "KWD": 72}
_WHOLE = ("JPY",)
_FOREIGN = Weighted({"EUR": 78, "USD": 17, "JPY": 3, "KWD": 2})
_CURRENT, _SAVINGS, _LIMIT = 30_000, 70_000, 20_000
_OVERDRAWN, _DORMANT, _BLOCKED, _PENDING = 0.05, 0.01, 0.006, 0.004


def draw(dice: Dice, owner: CustomerRow, today: date) -> Iterator[dict[str, Any]]:
    """Yield a current account, mostly a savings account too, some in another currency, and those that were closed."""
    yield _current(dice, owner, today, owner.currency)
    if dice.chance(0.3):
        yield _current(dice, owner, today, "CZK")
    if dice.chance(0.62):
        yield _savings(dice, owner, today)
    if dice.chance(0.16 if owner.kind == "PERSON" else 0.5):
        yield _current(dice, owner, today, _FOREIGN.draw(dice))
    if dice.chance(0.4):
        yield _gone(dice, owner, today)


def money(dice: Dice, amount: float, currency: str) -> Decimal:
    """Give an amount of the bank's currency in this one, in its own minor units."""
    converted = max(1, round(amount / WORTH[currency]))
    return Decimal(converted) if currency in _WHOLE else dice.cents(converted)


def opened(dice: Dice, owner: CustomerRow, today: date) -> date:
    """Give a day since he came."""
    return dice.day(owner.joined_on or today, today)


def _current(dice: Dice, owner: CustomerRow, today: date, currency: str) -> dict[str, Any]:
    amount = dice.about(_CURRENT * SIZE[owner.segment], spread=0.9)
    limit = money(dice, dice.about(_LIMIT * SIZE[owner.segment], step=5_000), currency).to_integral_value()
    overdrawn = currency == "CZK" and dice.chance(_OVERDRAWN)
    balance = -min(money(dice, amount * 0.4, currency), limit) if overdrawn else money(dice, amount, currency)
    has_limit = overdrawn or dice.chance(0.2)
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
    }


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
