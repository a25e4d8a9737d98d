"""relationships.csv: how two customers stand to each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.db.models import Field
from psycopg.sql import SQL, Literal

from crm.feed.chunks import ChunkLoader, Reference
from crm.feed.customers import CUSTOMER_KEYS
from crm.feed.files.holdings import OWNER
from crm.feed.forms import Column, Form, Row
from crm.feed.load import Load
from crm.feed.parsers import choice, day, fraction, text
from crm.feed.refusals import RowRefused
from crm.feed.shares import shares_above_one
from crm.feed.spared import Spared
from crm.feed.stage import Keys, field_of
from crm.feed.upsert import Assignment, Target, assignments_of
from crm.models import Customer, Relationship


def check_relationship(values: dict[str, Any], as_of: date) -> None:
    """Nobody is related to himself, and nothing ends before it starts."""
    if values["customer_no"] == values["related_customer_no"]:
        raise RowRefused("related_customer_no", "A customer has no relationship to himself.")
    since, until = values.get("since_on"), values.get("until_on")
    if since and until and until <= since:
        raise RowRefused("until_on", "The relationship ends before it starts.")


FORM = Form(
    name="relationships.csv",
    model=Relationship,
    columns=(
        Column("customer_no", text(40), required=True),
        Column("related_customer_no", text(40), required=True),
        Column("kind", choice(Relationship.Kind), required=True),
        Column("share", fraction(0, 1, "a share is a fraction")),
        Column("since_on", day),
        Column("until_on", day),
    ),
    key=("customer_no", "related_customer_no", "kind"),
    rules=(check_relationship,),
)
RELATED = Reference("related_customer_no", Customer._meta.db_table, "customer_no", CUSTOMER_KEYS, "customer")
KEYS = Keys("relationships", FORM.key, carried=("share", "since_on", "until_on"))
SPARED = Spared("relationships")
NUMBERS = ("customer_no", "related_customer_no")
# What a DELTA leaves as it is. Of a whole feed such a share has vanished: it has no part in the sum.
_BESIDE = SQL(
    """
    SELECT o.customer_no, r.share, r.since_on, r.until_on
    FROM (SELECT DISTINCT related_customer_no FROM told) w JOIN crm_customer o ON o.customer_no = w.related_customer_no
    JOIN crm_relationship r ON r.related_id = o.id JOIN crm_customer c ON c.id = r.customer_id
    WHERE r.kind = 'SHAREHOLDER_OF' AND r.share IS NOT NULL AND NOT EXISTS (
        SELECT FROM {keys} k
        WHERE k.customer_no = c.customer_no AND k.related_customer_no = o.customer_no AND k.kind = r.kind)
    """
)


class RelationshipLoader(ChunkLoader):
    """Makes the relationships what the file says."""

    references = (OWNER, RELATED)
    spared = SPARED

    def staged(self) -> Mapping[str, Field[Any, Any] | None]:
        """Stage what the file has; the customers by their numbers."""
        names = dict.fromkeys((*self.reader.present, *KEYS.carried))
        return {name: None if name in NUMBERS else field_of(Relationship, name) for name in names}

    def complete(self, row: Row) -> None:
        """Have a place for what the sum of shares reads, whatever the file has."""
        for name in KEYS.carried:
            row.values.setdefault(name, None)

    def judge(self, cursor: CursorWrapper) -> dict[int, RowRefused]:
        """Refuse the shares that take what all shareholders hold of a company above the whole."""
        beside = {} if self.load.is_full else {"beside": _BESIDE.format(keys=KEYS.table)}
        return shares_above_one(
            cursor, self.stage, of="related_customer_no", where="k.kind = 'SHAREHOLDER_OF'", **beside
        )

    def target(self) -> Target:
        """Give the table of relationships."""
        plain = [column.name for column in FORM.columns if column.name not in FORM.key]
        return Target(
            table=Relationship._meta.db_table,
            chunk=self.stage.chunk,
            key={"customer_id": SQL("c.id"), "related_id": SQL("o.id"), "kind": SQL("s.kind")},
            assignments=[
                *assignments_of(Relationship, plain, self.reader.present),
                Assignment(
                    "source", SQL("COALESCE(t.source, {})").format(Literal(self.load.folder.source)), compared=False
                ),
            ],
            # A dry run has customers who are not there yet.
            joins=SQL(
                "LEFT JOIN crm_customer c ON c.customer_no = s.customer_no "
                "LEFT JOIN crm_customer o ON o.customer_no = s.related_customer_no"
            ),
        )


def prepare(cursor: CursorWrapper) -> None:
    """Make the temporary tables."""
    KEYS.create(cursor)
    SPARED.create(cursor)


def load(load: Load) -> None:
    """Load the relationships."""
    if load.has(FORM):
        RelationshipLoader(load, FORM, KEYS).run()
