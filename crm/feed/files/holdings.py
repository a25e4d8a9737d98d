"""holdings.csv: accounts, deposits, loans, cards and investments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.db.models import Field
from django.utils import timezone
from psycopg.sql import SQL, Composable, Literal

from crm.feed.amounts import amount, check_fineness
from crm.feed.chunks import ChunkLoader, Reference
from crm.feed.customers import CUSTOMER_KEYS
from crm.feed.forms import Column, Form, Row
from crm.feed.load import Load
from crm.feed.parsers import choice, currency, day, fraction, iban, text, whole
from crm.feed.refusals import RowRefused
from crm.feed.report import Counts
from crm.feed.settling import HOLDING_KEYS
from crm.feed.spared import Spared
from crm.feed.stage import field_of
from crm.feed.upsert import Assignment, Target, assignments_of
from crm.models import Customer, Holding

OWNER = Reference("customer_no", Customer._meta.db_table, "customer_no", CUSTOMER_KEYS, "customer")
HELD = Reference("holding_no", Holding._meta.db_table, "holding_no", HOLDING_KEYS, "holding")
HOLDINGS_SPARED = Spared("holdings")
CLOSED = Holding.Status.CLOSED.value
APART = ("holding_no", "customer_no", "closed_on")
AMOUNTS = ("balance", "available", "credit_limit", "original_amount", "instalment", "overdue_amount")


def check_dates(values: dict[str, Any], as_of: date) -> None:
    """Nothing ends before it starts."""
    opened = values["opened_on"]
    for column, ends in (("matures_on", "matures"), ("closed_on", "was closed")):
        if values.get(column) and values[column] < opened:
            raise RowRefused(column, f"The holding {ends} before it was opened.")


def check_amounts(values: dict[str, Any], as_of: date) -> None:
    """A limit is not negative, and no amount is finer than its currency."""
    if (values.get("credit_limit") or 0) < 0:
        raise RowRefused("credit_limit", "A credit limit is not negative.")
    check_fineness(values, AMOUNTS, values["currency"])


FORM = Form(
    name="holdings.csv",
    model=Holding,
    columns=(
        Column("holding_no", text(40), required=True),
        Column("customer_no", text(40), required=True),
        Column("kind", choice(Holding.Kind), required=True),
        Column("product_code", text(80)),
        Column("name", text(160)),
        Column("iban", iban),
        Column("currency", currency, required=True),
        Column("balance", amount),
        Column("available", amount),
        Column("balance_as_of", day),
        Column("credit_limit", amount),
        Column("original_amount", amount),
        Column("rate", fraction(-1, 1, "a rate is a fraction per year, as 0.0345")),
        Column("rate_type", choice(Holding.RateType)),
        Column("instalment", amount),
        Column("next_due_on", day),
        Column("days_past_due", whole(0)),
        Column("overdue_amount", amount),
        Column("opened_on", day, required=True),
        Column("matures_on", day),
        Column("closed_on", day),
        Column("status", choice(Holding.Status)),
    ),
    key=("holding_no",),
    rules=(check_dates, check_amounts),
)


class HoldingLoader(ChunkLoader):
    """Makes the holdings what the core-banking system says of them."""

    references = (OWNER,)
    spared = HOLDINGS_SPARED
    _undated = 0

    def staged(self) -> Mapping[str, Field[Any, Any] | None]:
        """Stage what the file has; the owner by his number."""
        return {name: None if name == "customer_no" else field_of(Holding, name) for name in self.reader.present}

    def target(self) -> Target:
        """Give the table of holdings."""
        plain = [column.name for column in FORM.columns if column.name not in APART]
        now = timezone.now()
        return Target(
            table=Holding._meta.db_table,
            chunk=self.stage.chunk,
            key={"holding_no": SQL("s.holding_no")},
            assignments=[
                *assignments_of(Holding, plain, self.reader.present),
                Assignment("closed_on", self._closed_on()),
                Assignment("customer_id", SQL("c.id")),
                Assignment(
                    "source", SQL("COALESCE(t.source, {})").format(Literal(self.load.folder.source)), compared=False
                ),
                Assignment("created_at", SQL("COALESCE(t.created_at, {})").format(Literal(now)), compared=False),
                Assignment("updated_at", Literal(now), compared=False),
            ],
            # A dry run has customers who are not there yet.
            joins=SQL("LEFT JOIN crm_customer c ON c.customer_no = s.customer_no"),
        )

    def run(self) -> None:
        """Load the file; say of how many it does not tell since when they are closed."""
        super().run()
        if self._undated:
            said = "holdings are CLOSED without closed_on, and were so when first heard of: since when is not known."
            self.load.report.remarks.append(f"{self._undated:,} {said}")

    def write(self, cursor: CursorWrapper, rows: list[Row]) -> Counts:
        """Bring the staged rows to their table."""
        if any(row.values.get("status") == CLOSED and not row.values.get("closed_on") for row in rows):
            undated = SQL("SELECT count(*) {} WHERE s.status = {} AND {} IS NULL")
            cursor.execute(undated.format(self.target().origin, Literal(CLOSED), self._closed_on()))
            self._undated += cursor.fetchone()[0]
        return super().write(cursor, rows)

    def _closed_on(self) -> Composable:
        """Give the day told. One that is open here and comes closed without a day was closed on the feed's day."""
        told = assignments_of(Holding, ["closed_on"], self.reader.present)[0].value
        if "status" not in self.reader.present:
            return told
        return SQL(
            "CASE WHEN coalesce(s.status, t.status, '') <> {closed} OR {told} IS NOT NULL THEN {told}"
            " WHEN t.status = {closed} THEN t.closed_on WHEN t.status IS NOT NULL THEN greatest(s.opened_on, {day}) END"
        ).format(closed=Literal(CLOSED), told=told, day=Literal(self.load.day))


def prepare(cursor: CursorWrapper) -> None:
    """Make the tables that others read of the holdings."""
    HOLDING_KEYS.create(cursor)
    HOLDINGS_SPARED.create(cursor)


def load(load: Load) -> None:
    """Load the holdings."""
    if load.has(FORM):
        HoldingLoader(load, FORM, HOLDING_KEYS).run()
