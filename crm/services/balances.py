"""Balances by day, thinned as they grow old."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Max, Min

from crm.models import Holding
from finpulse.audit.services import record
from finpulse.identity.models import User

DAYS_KEPT = 92
HOLDINGS_AT_ONCE = 5000
_THIN = """
    DELETE FROM crm_balance b
    WHERE b.holding_id BETWEEN %(first)s AND %(last)s AND b.as_of < %(before)s AND EXISTS (
        SELECT FROM crm_balance later
        WHERE later.holding_id = b.holding_id AND later.as_of > b.as_of
          AND later.as_of < date_trunc('month', b.as_of::timestamp) + interval '1 month')
"""


def balances_thin(*, today: date, actor: User | None, at_once: int = HOLDINGS_AT_ONCE) -> int:
    """Keep the balances of the last 92 days, before that the last of each month; give how many went.

    `actor` None means FinPulse itself. `at_once` holdings in a transaction; a run that was cut short says what it did,
    and the next does the rest. Run again, it finds nothing and leaves no event.
    """
    before, removed = today - timedelta(days=DAYS_KEPT), 0
    bounds = Holding._base_manager.aggregate(first=Min("pk"), last=Max("pk"))
    try:
        for first in range(bounds["first"] or 1, (bounds["last"] or 0) + 1, at_once):
            removed += _thin({"first": first, "last": first + at_once - 1, "before": before})
    finally:
        if removed:
            detail = {"before": before.isoformat(), "removed": removed}
            record("crm.balances.thinned", actor=actor, detail=detail)
    return removed


@transaction.atomic
def _thin(lot: dict[str, int | date]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_THIN, lot)
        return int(cursor.rowcount)
