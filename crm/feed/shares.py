"""Shares of one whole: who comes last in the file and takes their sum above it is refused."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.backends.utils import CursorWrapper
from psycopg.sql import SQL, Composable, Identifier

from crm.feed.refusals import RowRefused
from crm.feed.stage import Stage, find_by_index

# Each share is rounded to six places, so their sum may be off by as many halves of the last.
_ROUNDED = Decimal("0.0000005")
_NOTHING = SQL("SELECT NULL::text, NULL::numeric, NULL::date, NULL::date WHERE false")


@dataclass(frozen=True)
class _Share:
    line: int
    share: Decimal
    since: date
    until: date

    def runs_on(self, day: date) -> bool:
        return self.since <= day < self.until


def shares_above_one(
    cursor: CursorWrapper, stage: Stage, *, of: str, where: str, beside: Composable = _NOTHING
) -> dict[int, RowRefused]:
    """Give the chunk's lines that take the shares in one `of` above the whole on any day, with why.

    Read from the keys, which carry share, since_on and until_on; `where` narrows them (`k`). `beside` is a query of
    shares in what the chunk names (`told`) that stay, though the file has not named them so far.
    """
    column = Identifier(of)
    # The keys have no index that begins with what a share is in.
    find_by_index(cursor, only=False)
    cursor.execute(
        SQL(
            "WITH told AS (SELECT k.{of}, k.line, k.share::numeric, k.since_on::date, k.until_on::date FROM {keys} k"
            " WHERE {where} AND k.share IS NOT NULL AND k.{of} IN (SELECT {of} FROM {chunk})),"
            " parts AS (SELECT * FROM told UNION ALL SELECT b.{of}, 0, b.share, b.since_on, b.until_on"
            " FROM ({beside}) b ({of}, share, since_on, until_on))"
            " SELECT p.{of}, p.line, p.share, coalesce(p.since_on, '0001-01-01'), coalesce(p.until_on, '9999-12-31'),"
            " EXISTS (SELECT FROM {chunk} s WHERE s.line = p.line) FROM parts p WHERE p.{of} IN ("
            " SELECT {of} FROM parts GROUP BY 1 HAVING sum(share) > 1) ORDER BY p.line"
        ).format(of=column, keys=stage.keys.table, chunk=stage.chunk, where=SQL(where), beside=beside)
    )
    found = cursor.fetchall()
    find_by_index(cursor)
    accepted: dict[str, list[_Share]] = defaultdict(list)
    refused: dict[int, RowRefused] = {}
    for whole, line, share, since, until, in_chunk in found:
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
