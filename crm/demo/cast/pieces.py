"""Holdings of the cast, told in a line each."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from crm.demo.deposits import term_deposit
from crm.demo.loans import instalment
from crm.demo.portfolios import Lot, investment, lot_of
from crm.demo.securities import BY_NAME, Security

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


def savings(balance: str, today: date) -> dict[str, Any]:
    """Give a child's savings account."""
    facts = {"name": "Children's savings", "product_code": "SAV-CHILD-CZK", "rate": Decimal("0.0300")}
    return account(balance, today, years=4, **facts)


def revolving(balance: str, limit: str, today: date, *, currency: str) -> dict[str, Any]:
    """Give a line of credit that is renewed every year; the balance is negative."""
    return {
        "kind": "LOAN",
        "product_code": f"LOAN-REV-{currency}",
        "name": "Revolving credit",
        "currency": currency,
        "balance": Decimal(balance),
        "available": Decimal(limit) + Decimal(balance),
        "credit_limit": Decimal(limit),
        "rate": Decimal("0.0610"),
        "rate_type": "VARIABLE",
        "days_past_due": 0,
        "opened_on": today - timedelta(days=5 * _YEAR),
        "matures_on": today + timedelta(days=140),
    }


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


def fund(
    balance: str,
    today: date,
    *,
    currency: str = "CZK",
    name: str = "Balanced fund",
    security: str = "Demo Balanced Fund",
) -> dict[str, Any]:
    """Give a fund worth about so much."""
    bought = BY_NAME[security]
    day = today - timedelta(days=1)
    lot = lot_of(bought, float(balance) / float(bought.price(day)), day)
    opened_on = today - timedelta(days=3 * _YEAR)
    return investment([lot], currency, product_code=f"FUND-BAL-{currency}", name=name, opened_on=opened_on)


def custody(
    lots: dict[str, int], today: date, *, currency: str = "CZK", unpriced: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Give a custody account of so many of each security; what is unpriced counts nowhere."""
    day = today - timedelta(days=1)
    bought = [lot_of(BY_NAME[name], quantity, day) for name, quantity in lots.items()]
    bought += [_without_price(BY_NAME[name], day) for name in unpriced]
    opened_on = today - timedelta(days=2 * _YEAR)
    return investment(bought, currency, product_code=f"CUSTODY-{currency}", name="Custody account", opened_on=opened_on)


def _without_price(security: Security, day: date) -> Lot:
    return lot_of(security, 100, day)._replace(price=None, price_currency="", price_on=None)
