"""parties.csv: who has which part in a holding."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.db.models import Field
from psycopg.sql import SQL

from crm.feed.amounts import amount
from crm.feed.chunks import ChunkLoader
from crm.feed.files.holdings import HELD, OWNER
from crm.feed.forms import Column, Form, Row
from crm.feed.load import Load
from crm.feed.parsers import choice, day, fraction, text
from crm.feed.refusals import RowRefused
from crm.feed.settling import PARTIES_SPARED, PARTY_KEYS, create_settling, settle_parties
from crm.feed.shares import shares_above_one
from crm.feed.stage import field_of
from crm.feed.upsert import Target, assignments_of
from crm.models import HoldingParty


def check_part(values: dict[str, Any], as_of: date) -> None:
    """A part ends after it starts, and nobody guarantees less than nothing."""
    since, until = values.get("since_on"), values.get("until_on")
    if since and until and until <= since:
        raise RowRefused("until_on", "The part ends before it starts.")
    if (values.get("amount") or 0) < 0:
        raise RowRefused("amount", "A guaranteed amount is not negative.")


FORM = Form(
    name="parties.csv",
    model=HoldingParty,
    columns=(
        Column("holding_no", text(40), required=True),
        Column("customer_no", text(40), required=True),
        Column("role", choice(HoldingParty.Role), required=True),
        Column("share", fraction(0, 1, "a share is a fraction")),
        Column("amount", amount),
        Column("since_on", day),
        Column("until_on", day),
    ),
    key=("holding_no", "customer_no", "role"),
    rules=(check_part,),
)
NUMBERS = ("holding_no", "customer_no")


class PartyLoader(ChunkLoader):
    """Makes the parties what the file says; what it does not say of a holding is settled afterwards."""

    references = (HELD, OWNER)
    spared = PARTIES_SPARED

    def staged(self) -> Mapping[str, Field[Any, Any] | None]:
        """Stage what the file has; holding and customer by their numbers."""
        names = dict.fromkeys((*self.reader.present, *PARTY_KEYS.carried))
        return {name: None if name in NUMBERS else field_of(HoldingParty, name) for name in names}

    def target(self) -> Target:
        """Give the table of parties."""
        plain = [column.name for column in FORM.columns if column.name not in FORM.key]
        return Target(
            table=HoldingParty._meta.db_table,
            chunk=self.stage.chunk,
            key={"holding_id": SQL("h.id"), "customer_id": SQL("c.id"), "role": SQL("s.role")},
            assignments=assignments_of(HoldingParty, plain, self.reader.present),
            # A dry run has holdings and customers that are not there yet.
            joins=SQL(
                "LEFT JOIN crm_holding h ON h.holding_no = s.holding_no "
                "LEFT JOIN crm_customer c ON c.customer_no = s.customer_no"
            ),
        )

    def complete(self, row: Row) -> None:
        """Have a place for what the sum of shares reads, whatever the file has."""
        for name in PARTY_KEYS.carried:
            row.values.setdefault(name, None)

    def judge(self, cursor: CursorWrapper) -> dict[int, RowRefused]:
        """Refuse the shares that take what all own of a holding above the whole."""
        return shares_above_one(cursor, self.stage, of="holding_no", where="k.role IN ('OWNER', 'JOINT')")


def prepare(cursor: CursorWrapper) -> None:
    """Make the tables that settling reads, whether or not there is a file."""
    PARTY_KEYS.create(cursor)
    create_settling(cursor)


def load(load: Load) -> None:
    """Load the parties."""
    if load.has(FORM):
        PartyLoader(load, FORM, PARTY_KEYS).run()


def settle(load: Load) -> None:
    """Take away parts that the file no longer has, and give holdings without parts their owner."""
    settle_parties(load, has_file=load.has(FORM), name=FORM.name)
