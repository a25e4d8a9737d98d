"""Where a customer's row goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Field
from psycopg.sql import SQL, Composable, Identifier, Literal

from crm.feed.spared import Spared
from crm.feed.stage import Keys, Stage, field_of
from crm.feed.upsert import Assignment, Target, assignments_of
from crm.models import Customer

CUSTOMER_KEYS = Keys("customers", ("customer_no",))
CUSTOMERS_SPARED = Spared("customers")
IDENTIFIERS = ("national_id", "tax_id")
# Columns of the file that stand for something else in the table.
CODES = {"officer_code": "manager", "unit_code": "unit"}
DERIVED = Identifier("feed_customers_derived")
DERIVED_COLUMNS = ("customer_no", "uid", "sort_name", "search_text", *IDENTIFIERS)


def staged_columns(present: Collection[str]) -> Mapping[str, Field[Any, Any] | None]:
    """Give the columns of the stage for a file that has these: of an identifier its blind index only."""
    plain = {name: field_of(Customer, name) for name in present if name not in (*IDENTIFIERS, *CODES)}
    indexes = {f"{name}_index": field_of(Customer, f"{name}_index") for name in IDENTIFIERS if name in present}
    codes = {f"{name}_id": field_of(Customer, name) for code, name in CODES.items() if code in present}
    return plain | indexes | codes


def customer_target(
    stage: Stage, columns: Collection[str], present: Collection[str], source: str, now: datetime, *, derived: bool
) -> Target:
    """Give the table and what it should say, `d` being the derived values; `columns` are the form's.

    `derived`: these are there, and only customers who have them are to be written.
    """
    plain = [name for name in columns if name not in ("customer_no", *IDENTIFIERS, *CODES)]
    indexes = [f"{name}_index" for name in IDENTIFIERS]
    return Target(
        table=Customer._meta.db_table,
        chunk=stage.chunk,
        key={"customer_no": SQL("s.customer_no")},
        assignments=[
            *assignments_of(Customer, plain, present, kept_if_edited=True),
            *assignments_of(Customer, indexes, [f"{name}_index" for name in IDENTIFIERS if name in present]),
            Assignment("unit_id", SQL("s.unit_id") if "unit_code" in present else SQL("t.unit_id")),
            Assignment("manager_id", _manager(present), compared=False),
            _derived("uid", SQL("d.uid")),
            _derived("sort_name", SQL("d.sort_name")),
            _derived("search_text", SQL("d.search_text")),
            *(_derived(name, SQL("COALESCE(d.{0}, t.{0}, '')").format(Identifier(name))) for name in IDENTIFIERS),
            Assignment("source", SQL("COALESCE(t.source, {})").format(Literal(source)), compared=False),
            Assignment("edited_here", SQL("COALESCE(t.edited_here, '{}')"), compared=False),
            Assignment("created_at", SQL("COALESCE(t.created_at, {})").format(Literal(now)), compared=False),
            Assignment("updated_at", Literal(now), compared=False),
        ],
        joins=SQL("{} JOIN {} d USING (customer_no)").format(SQL("" if derived else "LEFT"), DERIVED),
    )


def _manager(present: Collection[str]) -> Composable:
    """The feed's officer counts for a customer who is new here; later moves are made in FinPulse."""
    if "officer_code" not in present:
        return SQL("t.manager_id")
    return SQL("CASE WHEN t.id IS NULL THEN s.manager_id ELSE t.manager_id END")


def _derived(column: str, value: Composable) -> Assignment:
    return Assignment(column, value, compared=False)
