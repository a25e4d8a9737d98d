"""Default is ninety days past due on a material amount."""

from decimal import Decimal

import pytest

from crm.models import Holding
from crm.selectors.arrears import in_default


@pytest.mark.parametrize(
    ("days", "overdue", "balance", "answer"),
    [
        (None, None, "-1000", False),
        (89, "500", "-1000", False),
        (90, "500", "-1000", True),
        (400, "10", "-1000", False),
        (90, "10.01", "-1000", True),
        (90, None, "-1000", None),
        (90, "500", None, None),
    ],
)
def test_default_is_ninety_days_on_more_than_one_per_cent(days, overdue, balance, answer):
    holding = Holding(
        days_past_due=days,
        overdue_amount=None if overdue is None else Decimal(overdue),
        balance=None if balance is None else Decimal(balance),
    )
    assert in_default(holding) is answer
