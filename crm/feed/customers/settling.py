"""The differences that a chunk tells, written down for managers to settle."""

from __future__ import annotations

from collections.abc import Collection

from django.db.backends.utils import CursorWrapper
from psycopg.sql import SQL, Composed, Identifier, Literal

from crm.feed.upsert import Target
from crm.models.customer import EDITABLE

# The staged customers of these lines, locked, so that an edit made here meanwhile is either seen or waits.
_LOCK = SQL("SELECT t.id {known} WHERE s.line = ANY(%(lines)s) ORDER BY t.id FOR NO KEY UPDATE OF t")
# A column edited here, beside what the feed says of it; a difference that was settled waits anew for another value.
_TELL = SQL(
    """
    INSERT INTO crm_feeddifference AS f (customer_id, "column", theirs, told_at, settled)
    SELECT t.id, v.name, v.theirs, now(), '' {known} CROSS JOIN LATERAL (VALUES {words}) v (name, ours, theirs)
    WHERE s.line = ANY(%(lines)s) AND v.name = ANY(t.edited_here) AND v.ours <> v.theirs
    ON CONFLICT (customer_id, "column") DO UPDATE
    SET theirs = EXCLUDED.theirs, told_at = EXCLUDED.told_at, settled = '', settled_at = NULL
    WHERE f.theirs <> EXCLUDED.theirs OR f.settled = 'TAKEN'
    """
)
_FORGET = SQL(
    """
    DELETE FROM crm_feeddifference WHERE id IN (
        SELECT f.id {known} CROSS JOIN LATERAL (VALUES {words}) v (name, ours, theirs)
        JOIN crm_feeddifference f ON f.customer_id = t.id AND f."column" = v.name
        WHERE s.line = ANY(%(lines)s) AND (v.ours = v.theirs OR NOT v.name = ANY(t.edited_here)))
    """
)


def write_differences(cursor: CursorWrapper, target: Target, lines: list[int], present: Collection[str]) -> None:
    """Write down where the staged customers of these lines differ from the feed, and forget where they agree again.

    Called when the chunk is in its table. Customers are locked before their differences, as the verbs do.
    """
    columns = [name for name in EDITABLE if name in present]
    if not lines or not columns:
        return
    for statement in (_LOCK, _TELL, _FORGET):
        query = statement.format(known=target.known, words=SQL(", ").join(map(_words, columns)))
        cursor.execute(query, {"lines": lines})


def _words(column: str) -> Composed:
    return SQL("({0}, t.{1}::text, s.{1}::text)").format(Literal(column), Identifier(column))
