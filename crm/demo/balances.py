"""Balances of the demo bank's holdings at the ends of the last twelve months, and today's.

Set-based, as they follow from the holdings by arithmetic on their numbers: loans were owed with the instalments paid
since, deposits stood still, accounts and cards wandered, investments grew. What nobody told stays untold: a
holding without a balance has none, and now and then a month of an account, card or investment is missing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import connection

from crm.demo.plan import DemoPlan
from finpulse.kernel.money import MINOR_UNITS

# Twelve months of all three million holdings of a large bank would be most of the seed: beyond these customers only the
# books of the demo accounts have them.
WHOLE_UP_TO = 20_000
MONTHS = 12
_INSERT = """
WITH held AS (
    SELECT h.id, h.id - %(before_first_holding)s AS no, h.kind, h.status, h.opened_on, h.closed_on, h.matures_on,
           h.balance, h.balance_as_of, h.balance::float8 AS now, h.credit_limit::float8 AS line,
           h.original_amount::float8 AS lent, h.instalment::float8 AS monthly, h.rate::float8 / 12 AS rate,
           coalesce((%(minor_units)s::jsonb ->> h.currency)::int, 2) AS places
    FROM crm_holding h JOIN crm_customer c ON c.id = h.customer_id
    WHERE h.source = 'demo' AND h.status NOT IN ('PENDING', 'WRITTEN_OFF') AND h.balance IS NOT NULL
      AND (c.id < %(first_without)s OR c.manager_id = ANY (%(managers)s))
), months AS (
    SELECT n + 1 AS ago,
           (date_trunc('month', %(today)s::date) - make_interval(months => n) - interval '1 day')::date AS ends
    FROM generate_series(0, %(months)s - 1) AS n
), told AS (
    SELECT h.*, m.ago, m.ends, power(no %% 30011 + ago * 7919, 3)::bigint %% 30011 / 30011.0::float8 AS chance
    FROM held h JOIN months m ON h.opened_on <= m.ends AND (h.closed_on IS NULL OR h.closed_on > m.ends)
        AND m.ends < h.balance_as_of AND (h.kind IN ('LOAN', 'TERM_DEPOSIT') OR (h.no * 31 + m.ago * 7) %% 97 <> 0)
)
INSERT INTO crm_balance (holding_id, as_of, balance)
SELECT id, ends, round((CASE
        WHEN kind = 'TERM_DEPOSIT' THEN
            CASE WHEN ends < least(matures_on, closed_on) THEN coalesce(lent, now) ELSE now END
        WHEN kind = 'LOAN' AND closed_on IS NOT NULL THEN
            -coalesce(lent, line, 0) * least(1, (closed_on - ends) / 1826.0)
        WHEN kind = 'LOAN' AND monthly IS NOT NULL AND rate > 0 THEN
            greatest(-lent, now * power(1 + rate, -ago) - monthly * (1 - power(1 + rate, -ago)) / rate)
        WHEN kind IN ('LOAN', 'CARD') THEN
            CASE WHEN line IS NULL THEN now ELSE greatest(-line, now * (0.5 + chance) - line * 0.01 * ago * chance) END
        WHEN kind = 'INVESTMENT' THEN now * (1 - 0.006 * ago + 0.06 * (chance - 0.5))
        WHEN closed_on IS NOT NULL THEN 40000 * chance
        WHEN status = 'DORMANT' THEN now
        ELSE now * (1 - 0.015 * ago + 0.6 * (chance - 0.5))
    END)::numeric, places)
FROM told
UNION ALL
SELECT id, balance_as_of, balance FROM held WHERE closed_on IS NULL
"""


def remember(plan: DemoPlan, *, first_customer_id: int, first_holding_id: int, managers: Sequence[int]) -> int:
    """Write the balances of the holdings that are loaded. Gives how many.

    Those of the first `WHOLE_UP_TO` customers, and beyond these of the books of `managers` only.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            {
                "before_first_holding": first_holding_id - 1,
                "first_without": first_customer_id + WHOLE_UP_TO,
                "managers": list(managers),
                "minor_units": json.dumps(MINOR_UNITS),
                "today": plan.today,
                "months": MONTHS,
            },
        )
        return int(cursor.rowcount)
