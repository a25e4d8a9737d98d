"""What is not paid in time."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

_MONTH = 30


def exceeded(days: int, excess: Decimal) -> dict[str, Any]:
    """Give what an account tells that is drawn beyond its limit, which nobody has to pay back in parts."""
    return {"days_past_due": days, "overdue_amount": excess, "available": -excess}


def late(days: int, monthly: Decimal, today: date) -> dict[str, Any]:
    """Give what a holding tells when so many days' monthly payments are outstanding."""
    return {
        "instalment": monthly,
        "days_past_due": days,
        "overdue_amount": monthly * (days // _MONTH + 1),
        "next_due_on": today - timedelta(days=days % _MONTH),
    }
