"""Term deposits and building savings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from crm.demo.accounts import SIZE
from crm.demo.currencies import money
from crm.demo.dice import Dice, Weighted
from crm.demo.rows import CustomerRow

_TERMS = Weighted({3: 10, 6: 22, 12: 38, 24: 18, 36: 12})
_CURRENCIES = Weighted({"CZK": 900, "EUR": 70, "USD": 20, "CHF": 5, "GBP": 5})
_DAYS_A_MONTH = 30.4375
_RATE_OF_TERM = {3: 310, 6: 350, 12: 385, 24: 365, 36: 340}
_AMOUNT = 150_000


def draw(dice: Dice, owner: CustomerRow, today: date) -> Iterator[dict[str, Any]]:
    """Yield term deposits that run, and some that were paid out."""
    if dice.chance(0.18):
        yield _running(dice, owner, today)
        if dice.chance(0.25):
            yield _running(dice, owner, today)
    if dice.chance(0.45):
        yield _paid_out(dice, owner, today)


def term_deposit(months: int, opened_on: date, **facts: Any) -> dict[str, Any]:
    """Give a fixed deposit of a term; the last day follows from the first unless it is told."""
    return {
        "kind": "TERM_DEPOSIT",
        "product_code": f"TD-{months:02d}M-CZK",
        "name": f"Term deposit {months} months",
        "rate_type": "FIXED",
        "opened_on": opened_on,
        "matures_on": opened_on + timedelta(days=round(months * _DAYS_A_MONTH)),
    } | facts


def _running(dice: Dice, owner: CustomerRow, today: date) -> dict[str, Any]:
    months, currency = _TERMS.draw(dice), _CURRENCIES.draw(dice)
    opened_on = today - timedelta(days=dice.below(round(months * _DAYS_A_MONTH)))
    amount = money(dice, dice.about(_AMOUNT * SIZE[owner.segment], step=10_000), currency).to_integral_value()
    rate = Decimal(_RATE_OF_TERM[months] + 5 * dice.below(14) - (0 if currency == "CZK" else 190)).scaleb(-4)
    facts = {
        "currency": currency,
        "balance": amount,
        "original_amount": amount,
        "rate": rate,
        "product_code": f"TD-{months:02d}M-{currency}",
    }
    return term_deposit(months, opened_on, **facts)


def _paid_out(dice: Dice, owner: CustomerRow, today: date) -> dict[str, Any]:
    months = _TERMS.draw(dice)
    days = round(months * _DAYS_A_MONTH)
    matures_on = today - timedelta(days=1 + dice.below(900))
    amount = Decimal(dice.about(_AMOUNT * SIZE[owner.segment], step=10_000))
    rate = Decimal(_RATE_OF_TERM[months]).scaleb(-4)
    facts = {"balance": dice.nothing, "original_amount": amount, "rate": rate, "matures_on": matures_on}
    if dice.chance(0.6):
        return term_deposit(months, matures_on - timedelta(days=days), status="MATURED", **facts)
    return term_deposit(months, matures_on - timedelta(days=days), status="CLOSED", closed_on=matures_on, **facts)
