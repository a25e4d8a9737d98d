"""What is overdue, and whether that is default."""

from __future__ import annotations

from decimal import Decimal

from crm.models import Holding

DEFAULT_DAYS = 90
# Commission Delegated Regulation (EU) 2018/171, article 1: overdue is material above one per cent of what is owed.
MATERIAL = Decimal("0.01")


def in_default(holding: Holding) -> bool | None:
    """Tell whether a holding is in default: 90 days past due on a material amount; None where that is not known."""
    if not holding.days_past_due or holding.days_past_due < DEFAULT_DAYS:
        return False
    if holding.overdue_amount is None or holding.balance is None:
        return None
    material: Decimal = abs(holding.balance) * MATERIAL
    return bool(holding.overdue_amount > material)
