"""Where FinPulse keeps its own word against the feed: columns edited here, managers set here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.backends.utils import CursorWrapper
from psycopg.sql import SQL, Composed, Identifier

from crm.feed.customers.tables import CODES, IDENTIFIERS
from crm.feed.forms import Row
from crm.feed.load import Load
from crm.feed.upsert import Target

_HAS_DIFFERENCE = SQL("EXISTS (SELECT FROM crm_feeddifference f WHERE f.customer_id = t.id)")


def report_differences(
    cursor: CursorWrapper, target: Target, rows: Iterable[Row], present: Collection[str], load: Load
) -> list[int]:
    """Count and list what managers have to settle: edited columns, officers who are not the manager, or unknown.

    Gives the lines of customers who were edited here or have a difference written down.
    """
    columns = sorted(set(present) - {*IDENTIFIERS, *CODES})
    managed = "officer_code" in present
    other = SQL("s.manager_id IS NOT NULL AND t.manager_id IS DISTINCT FROM s.manager_id") if managed else SQL("false")
    cursor.execute(
        SQL("SELECT s.line, t.edited_here, {}, {}, {} {} WHERE t.edited_here <> '{{}}' OR {} OR {}").format(
            _HAS_DIFFERENCE, other, _listed(columns), target.known, _HAS_DIFFERENCE, other
        )
    )
    here, ours = {}, []
    for line, edited, has_difference, is_other, *values in cursor.fetchall():
        here[line] = (edited, is_other, dict(zip(columns, values, strict=True)))
        if edited or has_difference:
            ours.append(line)
    for row in rows:
        if managed:
            _count_unknown_officer(row, load)
        if row.line in here:
            _report(row, *here[row.line], load)
    return ours


def _listed(columns: Iterable[str]) -> Composed:
    return SQL(", ").join(SQL("t.{}").format(Identifier(name)) for name in columns)


def _count_unknown_officer(row: Row, load: Load) -> None:
    code = row.values["officer_code"]
    if code and row.values["manager_id"] is None:
        load.report.unknown_officers[code] += 1


def _report(row: Row, edited: list[str], is_other: bool, values: dict[str, Any], load: Load) -> None:
    number = row.values["customer_no"]
    for name in edited:
        if name in values and values[name] != row.values[name]:
            load.report.kept_edits.add(f"{number} {name}")
    if is_other:
        load.report.other_managers.add(number)
