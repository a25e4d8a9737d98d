"""How far the ids of the trail are settled: ids commit out of order and with gaps."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.backends.utils import CursorWrapper

from finpulse.audit.models import AuditSeal

_GIVEN = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM audit_auditevent_id_seq"
# An INSERT locks the table before it takes an id, and may take the id before its transaction has a number.
_UNNUMBERED = """
SELECT EXISTS (
    SELECT FROM pg_locks AS writer
    WHERE writer.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND writer.relation = 'audit_auditevent'::regclass AND writer.mode = 'RowExclusiveLock' AND NOT EXISTS (
        SELECT FROM pg_locks AS own
        WHERE own.virtualtransaction = writer.virtualtransaction AND own.locktype = 'transactionid'
          AND own.mode = 'ExclusiveLock'
    )
)
"""
_SNAPSHOT = """
SELECT pg_snapshot_xmin(now)::text::bigint, pg_snapshot_xmax(now)::text::bigint FROM pg_current_snapshot() AS now
"""


@dataclass(frozen=True)
class Mark:
    """How far ids were given at a moment, and the first transaction number that was free then."""

    ceiling: int
    xmax: int


NOTHING_YET = Mark(0, 0)


def mark_of(seal: AuditSeal | None) -> Mark:
    """Give the mark that the last seal carries."""
    return Mark(seal.ceiling, seal.ceiling_xmax) if seal else NOTHING_YET


def is_settled(mark: Mark) -> bool:
    """Tell whether every transaction that could bring an id up to the mark's ceiling has ended.

    A mark from a server that has given more numbers than this one is of another server, whose transactions are over.
    """
    with connection.cursor() as cursor:
        xmin, xmax = _snapshot(cursor)
    return xmin >= mark.xmax or xmax < mark.xmax


def new_mark(before: Mark) -> Mark:
    """Give the mark of now, or the one before while some INSERT is in the instant between its id and its number.

    The order matters: ids first, then who writes, then the numbers.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GIVEN)
        (ceiling,) = cursor.fetchone()
        cursor.execute(_UNNUMBERED)
        if cursor.fetchone()[0]:
            return before
        return Mark(max(ceiling, before.ceiling), _snapshot(cursor)[1])


def _snapshot(cursor: CursorWrapper) -> tuple[int, int]:
    cursor.execute(_SNAPSHOT)
    xmin, xmax = cursor.fetchone()
    return xmin, xmax
