"""Shares of one whole: who comes last in the file and takes their sum above it is refused."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.backends.utils import CursorWrapper
from psycopg.sql import SQL, Identifier

from crm.feed.refusals import RowRefused
from crm.feed.stage import Stage

# Each share is rounded to six places, so their sum may be off by as many halves of the last.
_ROUNDED = Decimal("0.0000005")


@dataclass(frozen=True)
class _Share:
    line: int
    share: Decimal
    since: date
    until: date

    def runs_on(self, day: date) -> bool:
        return self.since <= day < self.until


def shares_above_one(cursor: CursorWrapper, stage: Stage, *, of: str, where: str) -> dict[int, RowRefused]:
    """Give the chunk's lines that take the shares in one `of` above the whole on any day, with why.

    Read from the keys, which carry share, since_on and until_on; `where` narrows them (`k`).
    """
    condition, column = SQL(where), Identifier(of)
    cursor.execute(
        SQL(
            "SELECT k.{0}, k.line, k.share::numeric, coalesce(k.since_on::date, '0001-01-01'),"
            " coalesce(k.until_on::date, '9999-12-31'), EXISTS (SELECT FROM {1} s WHERE s.line = k.line)"
            " FROM {2} k WHERE {3} AND k.share IS NOT NULL AND k.{0} IN ("
            " SELECT k.{0} FROM {2} k WHERE {3} AND k.{0} IN (SELECT {0} FROM {1}) GROUP BY 1"
            " HAVING sum(k.share::numeric) > 1) ORDER BY k.line"
        ).format(column, stage.chunk, stage.keys.table, condition)
    )
    accepted: dict[str, list[_Share]] = defaultdict(list)
    refused: dict[int, RowRefused] = {}
    for whole, line, share, since, until, in_chunk in cursor.fetchall():
        row = _Share(line, share, since, until)
        total = _most(row, accepted[whole])
        if in_chunk and total > 1 + _ROUNDED * (len(accepted[whole]) + 1):
            refused[line] = RowRefused("share", f"With this share the parts add up to {total.normalize():f}, above 1.")
        else:
            accepted[whole].append(row)
    return refused


def _most(row: _Share, others: list[_Share]) -> Decimal:
    """Give the largest sum of shares on a day on which this one runs."""
    days = [row.since, *(other.since for other in others if row.runs_on(other.since))]
    return max(row.share + sum(other.share for other in others if other.runs_on(day)) for day in days)
