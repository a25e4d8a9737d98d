"""positions.csv: what an investment holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.db.models import Field
from psycopg.sql import SQL

from crm.feed.chunks import ChunkLoader
from crm.feed.files.holdings import HELD
from crm.feed.forms import Column, Form
from crm.feed.load import Load
from crm.feed.parsers import currency, day, decimal, isin, text
from crm.feed.refusals import RowRefused
from crm.feed.report import Counts
from crm.feed.settling import HOLDING_KEYS
from crm.feed.spared import Spared
from crm.feed.stage import Keys, field_of
from crm.feed.upsert import Target, assignments_of
from crm.models import Holding, Position


def check_price(values: dict[str, Any], as_of: date) -> None:
    """A price has its currency, is not below zero and is not from tomorrow."""
    price = values.get("price")
    if price is not None and not values.get("price_currency"):
        raise RowRefused("price_currency", "A price without its currency says nothing.")
    for column in ("quantity", "price"):
        if (values.get(column) or 0) < 0:
            raise RowRefused(column, f"A {column} is not negative.")
    if (values.get("price_on") or as_of) > as_of:
        raise RowRefused("price_on", "The price lies in the future.")


FORM = Form(
    name="positions.csv",
    model=Position,
    columns=(
        Column("holding_no", text(40), required=True),
        Column("isin", isin, required=True),
        Column("name", text(160)),
        Column("quantity", decimal(24, 8), required=True),
        Column("price", decimal(20, 6)),
        Column("price_currency", currency),
        Column("price_on", day),
    ),
    key=("holding_no", "isin"),
    rules=(check_price,),
)
KEYS = Keys("positions", ("holding_no", "isin"))
SPARED = Spared("positions")
# Of a holding that the file names, and in a whole feed of any of the source's: positions that the file does not have.
_GONE = SQL(
    """
    FROM crm_position p JOIN crm_holding h ON h.id = p.holding_id
    WHERE h.source = %(source)s
      AND (%(whole)s OR EXISTS (SELECT FROM {keys} k WHERE k.holding_no = h.holding_no))
      AND NOT EXISTS (SELECT FROM {keys} k WHERE k.holding_no = h.holding_no AND k.isin = p.isin) AND NOT {spared}
    """
)


class PositionLoader(ChunkLoader):
    """Makes the positions what the file says."""

    references = (HELD,)
    spared = SPARED

    def staged(self) -> Mapping[str, Field[Any, Any] | None]:
        """Stage what the file has; the holding by its number."""
        return {name: None if name == "holding_no" else field_of(Position, name) for name in self.reader.present}

    def target(self) -> Target:
        """Give the table of positions."""
        plain = [column.name for column in FORM.columns if column.name not in FORM.key]
        return Target(
            table=Position._meta.db_table,
            chunk=self.stage.chunk,
            key={"holding_id": SQL("h.id"), "isin": SQL("s.isin")},
            assignments=assignments_of(Position, plain, self.reader.present),
            joins=SQL("LEFT JOIN crm_holding h ON h.holding_no = s.holding_no"),
        )

    def judge(self, cursor: CursorWrapper) -> dict[int, RowRefused]:
        """Only an investment holds securities."""
        cursor.execute(
            SQL(
                "SELECT s.line FROM {} s LEFT JOIN {} k USING (holding_no) LEFT JOIN crm_holding h USING (holding_no)"
                " WHERE coalesce(k.kind, h.kind) <> %s"
            ).format(self.stage.chunk, HOLDING_KEYS.table),
            [Holding.Kind.INVESTMENT],
        )
        return {line: RowRefused("holding_no", "The holding is no investment.") for (line,) in cursor.fetchall()}


def prepare(cursor: CursorWrapper) -> None:
    """Make the temporary tables."""
    KEYS.create(cursor)
    SPARED.create(cursor)


def load(load: Load) -> None:
    """Load the positions, and take away those that the file no longer has."""
    if load.has(FORM):
        PositionLoader(load, FORM, KEYS).run()
        load.report.files[FORM.name].add(Counts(removed=_remove_gone(load)))


def _remove_gone(load: Load) -> int:
    gone = _GONE.format(keys=KEYS.table, spared=SPARED.spares("h.holding_no"))
    facts: dict[str, str | bool] = {"source": load.folder.source, "whole": load.is_full}
    with load.writing() as cursor:
        cursor.execute(SQL("ANALYZE {}").format(KEYS.table))
        if load.dry_run:
            cursor.execute(SQL("SELECT count(*) {}").format(gone), facts)
            return int(cursor.fetchone()[0])
        cursor.execute(SQL("DELETE FROM crm_position WHERE id IN (SELECT p.id {})").format(gone), facts)
        return int(cursor.rowcount)
