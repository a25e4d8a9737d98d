"""What is worked out for customers new or changed: encrypted identifiers, names to order and search by."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg.sql import SQL, Identifier

from crm import names
from crm.feed.customers.tables import DERIVED, DERIVED_COLUMNS, IDENTIFIERS
from crm.feed.forms import Row
from crm.feed.stage import copy_rows, field_of
from crm.feed.upsert import Target
from crm.models import Customer
from finpulse.kernel.encryption import encrypt_field

# What crm.names reads.
NAMED = ("kind", "given_name", "family_name", "organisation_name", "email", "phone", "registration_no")
_LONGEST_SORT_NAME = field_of(Customer, "sort_name").max_length
_READ = ("uid", "edited_here", *(f"{name}_index" for name in IDENTIFIERS), *NAMED)


def create_derived(cursor: CursorWrapper) -> None:
    """Make the temporary table, empty."""
    cursor.execute(SQL("DROP TABLE IF EXISTS {}").format(DERIVED))
    columns = SQL(", ").join(
        SQL("{} {}").format(Identifier(name), SQL(field_of(Customer, name).db_type(connection)))
        for name in DERIVED_COLUMNS
    )
    cursor.execute(SQL("CREATE TEMPORARY TABLE {} ({}, PRIMARY KEY (customer_no))").format(DERIVED, columns))


def derive(
    cursor: CursorWrapper, target: Target, rows: Iterable[Row], present: Collection[str]
) -> tuple[list[str], list[str]]:
    """Fill the table for the staged customers that are new or differ; give the numbers of the new, then of the others.

    Rows that differ are locked first, so that an edit made here meanwhile is either seen or waits.
    """
    cursor.execute(
        SQL("SELECT t.id {} WHERE {} ORDER BY t.id FOR NO KEY UPDATE OF t").format(target.known, target.differs)
    )
    cursor.execute(
        SQL("SELECT s.customer_no, {} {} WHERE t.id IS NULL OR {}").format(
            SQL(", ").join(SQL("t.{}").format(Identifier(name)) for name in _READ), target.origin, target.differs
        )
    )
    there = {number: dict(zip(_READ, values, strict=True)) for number, *values in cursor.fetchall()}
    wanted = (row for row in rows if row.values["customer_no"] in there)
    if there:
        copy_rows(cursor, DERIVED, DERIVED_COLUMNS, _derived(wanted, there, present), joined_by=(DERIVED_COLUMNS[0],))
    new = [number for number, before in there.items() if before["uid"] is None]
    return new, [number for number, before in there.items() if before["uid"] is not None]


def _derived(
    rows: Iterable[Row], there: dict[str, dict[str, Any]], present: Collection[str]
) -> Iterator[tuple[Any, ...]]:
    scratch = Customer()
    for row in rows:
        number = row.values["customer_no"]
        before = there[number]
        is_new = before["uid"] is None
        uid = uuid.uuid4() if is_new else before["uid"]
        scratch.customer_no = number
        for name in NAMED:
            as_it_was = not is_new and (name not in present or name in before["edited_here"])
            setattr(scratch, name, before[name] if as_it_was else row.values.get(name, ""))
        sealed = [_sealed(name, row, before, uid) if name in present else None for name in IDENTIFIERS]
        yield (number, uid, names.sort_name(scratch)[:_LONGEST_SORT_NAME], names.search_text(scratch), *sealed)


def _sealed(name: str, row: Row, before: dict[str, Any], uid: uuid.UUID) -> str | None:
    """Encrypt an identifier for its row; None where it is the one that the row holds already."""
    if before[f"{name}_index"] == row.values[f"{name}_index"]:
        return None
    return encrypt_field(row.values[name], column=f"{Customer._meta.db_table}.{name}", uid=uid)
