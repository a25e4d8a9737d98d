"""Holdings of the cast, told in a line each."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from crm.demo.deposits import term_deposit
from crm.demo.loans import instalment

_YEAR = 365


def account(balance: str, today: date, *, years: int = 6, **facts: Any) -> dict[str, Any]:
    """Give a current account."""
    return {
        "kind": "ACCOUNT",
        "product_code": f"CUR-P-{facts.get('currency', 'CZK')}",
        "name": "Current account",
        "balance": Decimal(balance),
        "available": Decimal(balance),
        "rate": Decimal("0.0001"),
        "rate_type": "VARIABLE",
        "opened_on": today - timedelta(days=years * _YEAR),
    } | facts


def deposit(
    balance: str, today: date, *, matures_in: int, rate: str = "0.0385", months: int = 12, **facts: Any
) -> dict[str, Any]:
    """Give a term deposit that matures so many days from today."""
    matures_on = today + timedelta(days=matures_in)
    opened_on = min(matures_on - timedelta(days=round(months * 30.4375)), today)
    amounts = {
        "balance": Decimal(balance),
        "original_amount": Decimal(balance),
        "rate": Decimal(rate),
        "matures_on": matures_on,
    }
    return term_deposit(months, opened_on, **amounts | facts)


def loan(
    balance: str, original: str, today: date, *, years_left: int, rate: str = "0.0479", **facts: Any
) -> dict[str, Any]:
    """Give a loan; the balance is negative."""
    term = years_left + 4
    return {
        "kind": "LOAN",
        "product_code": "MORTGAGE-CZK",
        "name": "Mortgage",
        "balance": Decimal(balance),
        "original_amount": Decimal(original),
        "rate": Decimal(rate),
        "rate_type": "FIXED",
        "instalment": instalment(float(original), float(rate), term * 12),
        "next_due_on": today + timedelta(days=18),
        "days_past_due": 0,
        "opened_on": today - timedelta(days=4 * _YEAR),
        "matures_on": today.replace(year=today.year + years_left, day=1),
    } | facts


def card(balance: str | None, limit: str, today: date, **facts: Any) -> dict[str, Any]:
    """Give a credit card; a balance of None is not known."""
    return {
        "kind": "CARD",
        "product_code": "CARD-GOLD",
        "name": "Gold card",
        "balance": None if balance is None else Decimal(balance),
        "available": None if balance is None else Decimal(limit) + Decimal(balance),
        "credit_limit": Decimal(limit),
        "rate": Decimal("0.1990"),
        "rate_type": "VARIABLE",
        "opened_on": today - timedelta(days=2 * _YEAR),
    } | facts


def fund(balance: str, today: date, *, currency: str = "CZK", name: str = "Balanced fund") -> dict[str, Any]:
    """Give a fund."""
    return {
        "kind": "INVESTMENT",
        "product_code": f"FUND-BAL-{currency}",
        "name": name,
        "currency": currency,
        "balance": Decimal(balance),
        "opened_on": today - timedelta(days=3 * _YEAR),
    }
