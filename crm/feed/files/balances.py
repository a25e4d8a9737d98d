"""balances.csv: what a holding's balance was, day by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Field
from psycopg.sql import SQL

from crm.feed.amounts import amount, is_too_fine, too_fine
from crm.feed.chunks import ChunkLoader
from crm.feed.files.holdings import HELD
from crm.feed.forms import Column, Form
from crm.feed.load import Load
from crm.feed.parsers import day, text
from crm.feed.refusals import RowRefused
from crm.feed.report import Counts
from crm.feed.settling import HOLDING_KEYS, LINES_AT_ONCE
from crm.feed.stage import Keys, field_of
from crm.feed.upsert import Assignment, Target
from crm.models import Balance


def check_day(values: dict[str, Any], as_of: date) -> None:
    """Nobody knows tomorrow's balance."""
    if values["as_of"] > as_of:
        raise RowRefused("as_of", "The balance lies in the future.")


FORM = Form(
    name="balances.csv",
    model=Balance,
    columns=(
        Column("holding_no", text(40), required=True),
        Column("as_of", day, required=True),
        Column("balance", amount, required=True),
    ),
    key=("holding_no", "as_of"),
    rules=(check_day,),
)
KEYS = Keys("balances", ("holding_no", "as_of"))
OF_HOLDINGS = "balances of holdings"
# What holdings.csv says of a day, unless balances.csv has its own word for it.
_OF_HOLDINGS = SQL(
    """
    FROM {holdings} k JOIN crm_holding h USING (holding_no)
    LEFT JOIN crm_balance t ON t.holding_id = h.id AND t.as_of = h.balance_as_of
    WHERE k.line BETWEEN %(first)s AND %(last)s AND h.balance IS NOT NULL AND h.balance_as_of IS NOT NULL
      AND t.balance IS DISTINCT FROM h.balance
      AND NOT EXISTS (SELECT FROM {balances} b WHERE b.holding_no = k.holding_no AND b.as_of = h.balance_as_of::text)
    """
)


class BalanceLoader(ChunkLoader):
    """Adds balances, and corrects those that the file says anew."""

    references = (HELD,)

    def staged(self) -> Mapping[str, Field[Any, Any] | None]:
        """Stage the file; holding and day as they are written."""
        return {"holding_no": None, "as_of": None, "balance": field_of(Balance, "balance")}

    def target(self) -> Target:
        """Give the table of balances."""
        return Target(
            table=Balance._meta.db_table,
            chunk=self.stage.chunk,
            key={"holding_id": SQL("h.id"), "as_of": SQL("s.as_of::date")},
            assignments=[Assignment("balance", SQL("s.balance"))],
            joins=SQL("LEFT JOIN crm_holding h ON h.holding_no = s.holding_no"),
        )

    def judge(self, cursor: CursorWrapper) -> dict[int, RowRefused]:
        """Refuse a balance that is finer than its holding's currency."""
        cursor.execute(
            SQL(
                "SELECT s.line, coalesce(k.currency, h.currency) FROM {} s LEFT JOIN {} k USING (holding_no)"
                " LEFT JOIN crm_holding h USING (holding_no) WHERE {}"
            ).format(self.stage.chunk, HOLDING_KEYS.table, is_too_fine("s.balance", "coalesce(k.currency, h.currency)"))
        )
        return {line: too_fine("balance", currency) for line, currency in cursor.fetchall()}


def load(load: Load) -> None:
    """Load the balances."""
    if load.has(FORM):
        BalanceLoader(load, FORM, KEYS).run()


def settle(load: Load) -> None:
    """Keep the balance that each holding of the feed has now as that of its day."""
    with load.counted(OF_HOLDINGS) as counts:
        with connection.cursor() as cursor:
            cursor.execute(SQL("ANALYZE {}").format(KEYS.table))
            cursor.execute(SQL("SELECT coalesce(max(line), 0) FROM {}").format(HOLDING_KEYS.table))
            (last_line,) = cursor.fetchone()
        for first in range(1, last_line + 1, LINES_AT_ONCE):
            counts.add(_keep(load, {"first": first, "last": first + LINES_AT_ONCE - 1}))


def _keep(load: Load, lines: dict[str, int]) -> Counts:
    found = _OF_HOLDINGS.format(holdings=HOLDING_KEYS.table, balances=KEYS.table)
    counting = SQL("SELECT count(*) FILTER (WHERE t.as_of IS NULL), count(t.as_of) {}").format(found)
    writing = SQL(
        "WITH written AS (INSERT INTO crm_balance AS r (holding_id, as_of, balance)"
        " SELECT h.id, h.balance_as_of, h.balance {} ON CONFLICT (holding_id, as_of)"
        " DO UPDATE SET balance = EXCLUDED.balance RETURNING r.xmax = 0 AS is_new)"
        " SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written"
    ).format(found)
    with load.writing() as cursor:
        cursor.execute(counting if load.dry_run else writing, lines)
        new, changed = cursor.fetchone()
    return Counts(new=new, changed=changed)
