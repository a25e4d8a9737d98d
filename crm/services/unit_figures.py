"""What the customers of each unit's subtree have and owe, rolled up after a load and once a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from psycopg.sql import SQL, Composable, Literal

from crm.models import UnitFigures
from crm.selectors.gathered import gathered_sql
from finpulse.audit.services import record
from finpulse.kernel.queue import enqueue

ROLL_UP = "crm.unit_figures_roll_up"
# "unit", read as a number.
LOCK = int.from_bytes(b"unit", "big")
# A pass over the whole bank is no page: it may take its time, and sorts in memory what it can.
_SETTINGS = "SET LOCAL statement_timeout = '9min'; SET LOCAL lock_timeout = '9min'; SET LOCAL work_mem = '128MB'"
_CUSTOMERS = SQL("SELECT id, unit_id FROM crm_customer WHERE unit_id IS NOT NULL AND NOT restricted")
# A holding of customers in several units counts once in each unit above any of them.
_INSERT = """
INSERT INTO crm_unitfigures (
    unit_id, as_of, currency, holdings, deposits, investments, lending_drawn, undrawn, guarantees,
    deposits_not_known, investments_not_known, lending_drawn_not_known, undrawn_not_known, guarantees_not_known)
SELECT above.id, {today}, gathered.currency, sum(holdings), coalesce(sum(deposits), 0), coalesce(sum(investments), 0),
       coalesce(sum(lending_drawn), 0), coalesce(sum(undrawn), 0), coalesce(sum(guarantees), 0),
       sum(deposits_not_known), sum(investments_not_known), sum(lending_drawn_not_known), sum(undrawn_not_known),
       sum(guarantees_not_known)
FROM ({gathered}) AS gathered CROSS JOIN LATERAL (
    SELECT DISTINCT parent.id FROM identity_unit AS own JOIN identity_unit AS parent
    ON starts_with(own.path, parent.path) WHERE own.id = ANY (gathered.keys)) AS above
GROUP BY above.id, gathered.currency
"""


@dataclass(frozen=True)
class RolledUp:
    """What a pass wrote: rows, one for each unit and currency."""

    rows: int


@transaction.atomic
def unit_figures_roll_up(*, today: date, actor: Any) -> RolledUp:
    """Write the figures of every unit's subtree as of today, in place of those that an earlier pass of the day wrote.

    `actor` None means FinPulse itself. Passes wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SETTINGS)
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        UnitFigures.objects.filter(as_of=today).delete()
        cursor.execute(_insert(today))
        done = RolledUp(rows=cursor.rowcount)
    record("crm.unitfigures.rolled_up", actor=actor, detail={"today": today.isoformat(), "rows": done.rows})
    return done


def _insert(today: date) -> Composable:
    return SQL(_INSERT).format(today=Literal(today), gathered=gathered_sql(_CUSTOMERS, today))


def unit_figures_ask(*, cause: str) -> None:
    """Have the figures rolled up, once for each cause ("load 7"), in the caller's transaction."""
    enqueue(ROLL_UP, key=f"{ROLL_UP} {cause}")


@transaction.atomic
def unit_figures_ask_daily(*, today: date) -> None:
    """Have the figures rolled up once a day, however often the clock asks."""
    unit_figures_ask(cause=today.isoformat())
