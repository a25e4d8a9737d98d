"""Loans: what is owed is negative."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from crm.demo.accounts import SIZE
from crm.demo.arrears import late
from crm.demo.currencies import money
from crm.demo.dice import Dice, Weighted
from crm.demo.rows import CustomerRow

_MONTH = 30.4375
_CURRENCIES = Weighted({"CZK": 75, "EUR": 22, "PLN": 3})
_LATE, _DEFAULTED, _WRITTEN_OFF, _PAID_OFF = 0.03, 0.012, 0.01, 0.4


def draw(dice: Dice, owner: CustomerRow, today: date) -> Iterator[dict[str, Any]]:
    """Yield a mortgage or an investment loan, consumer or operating loans, and one that is paid off."""
    if owner.kind == "ORGANISATION":
        if dice.chance(0.45):
            yield _loan(dice, owner, today, name="Investment loan", code="LOAN-INV", years=7, amount=700_000, rate=620)
        if dice.chance(0.2):
            yield _revolving(dice, owner, today)
    elif dice.chance(0.09):
        yield _mortgage(dice, owner, today)
    if dice.chance(0.22):
        yield _loan(dice, owner, today, name="Consumer loan", code="LOAN-CONS", years=5, amount=110_000, rate=790)
    if dice.chance(_PAID_OFF):
        yield _paid_off(dice, today)


def instalment(amount: float, yearly_rate: float, months: int) -> Decimal:
    """Give the monthly instalment that pays the amount off over the months (annuity formula)."""
    monthly = yearly_rate / 12
    return Decimal(round(amount * monthly / (1 - (1 + monthly) ** -months) * 100)).scaleb(-2)


def outstanding(amount: float, yearly_rate: float, months: int, paid: int) -> float:
    """Give what is still owed after so many instalments."""
    growth = 1 + yearly_rate / 12
    return float(amount * (growth**months - growth**paid) / (growth**months - 1))


def _mortgage(dice: Dice, owner: CustomerRow, today: date) -> dict[str, Any]:
    facts = _loan(dice, owner, today, name="Mortgage", code="MORTGAGE", years=25, amount=1_900_000, rate=460)
    return facts | {"name": f"Mortgage, fixed to {today.year + 1 + dice.below(6)}", "rate_type": "FIXED"}


def _revolving(dice: Dice, owner: CustomerRow, today: date) -> dict[str, Any]:
    """Give a line of which a part is drawn and the rest can be at any time."""
    currency = _CURRENCIES.draw(dice)
    limit = money(dice, dice.about(400_000 * SIZE[owner.segment], step=50_000), currency).to_integral_value()
    drawn = dice.nothing if dice.chance(0.15) else dice.cents(dice.below(int(limit)))
    matures_on = today + timedelta(days=10 + dice.below(355))
    return {
        "kind": "LOAN",
        "product_code": f"LOAN-REV-{currency}",
        "name": "Revolving credit",
        "currency": currency,
        "balance": -drawn,
        "available": limit - drawn,
        "credit_limit": limit,
        "rate": Decimal(560 + 5 * dice.below(40)).scaleb(-4),
        "rate_type": "VARIABLE",
        "days_past_due": 0,
        "opened_on": min(matures_on - timedelta(days=365 * (1 + dice.below(4))), today),
        "matures_on": matures_on,
    }


def _loan(
    dice: Dice, owner: CustomerRow, today: date, *, name: str, code: str, years: int, amount: int, rate: int
) -> dict[str, Any]:
    months = years * 12
    size = SIZE[owner.segment] ** (0.4 if owner.kind == "PERSON" else 1)
    original = dice.about(amount * size, spread=0.5, step=10_000)
    yearly = (rate + 5 * dice.below(30)) / 10_000
    paid = dice.below(months)
    owed = outstanding(original, yearly, months, paid)
    opened_on = today - timedelta(days=round(paid * _MONTH))
    monthly = instalment(original, yearly, months)
    facts = {
        "kind": "LOAN",
        "product_code": f"{code}-CZK",
        "name": name,
        "balance": -min(dice.cents(int(owed)), Decimal(original)),
        "original_amount": Decimal(original),
        "rate": Decimal(round(yearly * 10_000)).scaleb(-4),
        "rate_type": "VARIABLE" if dice.chance(0.25) else "FIXED",
        "instalment": monthly,
        "next_due_on": today + timedelta(days=1 + dice.below(30)),
        "days_past_due": 0,
        "opened_on": opened_on,
        "matures_on": max(opened_on + timedelta(days=round(months * _MONTH)), today + timedelta(days=1)),
    }
    return facts | _arrears(dice, monthly, today)


def _arrears(dice: Dice, monthly: Decimal, today: date) -> dict[str, Any]:
    chance = dice.random()
    if chance < _WRITTEN_OFF:
        return late(360 + dice.below(700), monthly, today) | {"status": "WRITTEN_OFF"}
    if chance < _WRITTEN_OFF + _DEFAULTED:
        return late(91 + dice.below(200), monthly, today)
    return late(1 + dice.below(75), monthly, today) if chance < _WRITTEN_OFF + _DEFAULTED + _LATE else {}


def _paid_off(dice: Dice, today: date) -> dict[str, Any]:
    closed_on = today - timedelta(days=1 + dice.below(1500))
    return {
        "kind": "LOAN",
        "product_code": "LOAN-CONS-CZK",
        "name": "Consumer loan",
        "balance": dice.nothing,
        "original_amount": Decimal(dice.about(110_000, step=10_000)),
        "rate": Decimal("0.0790"),
        "rate_type": "FIXED",
        "opened_on": closed_on - timedelta(days=1826),
        "matures_on": closed_on,
        "closed_on": closed_on,
        "status": "CLOSED",
    }
