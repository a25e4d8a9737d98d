"""Rows into their table, chunk by chunk, each chunk one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Field
from psycopg.sql import SQL, Identifier

from crm.feed.ahead import ahead
from crm.feed.forms import Form, Row
from crm.feed.load import Load
from crm.feed.reading import Reading
from crm.feed.records import Record
from crm.feed.refusals import FeedLoadRefused, RowRefused, shown
from crm.feed.repeats import repeated
from crm.feed.report import Counts
from crm.feed.spared import Spared
from crm.feed.stage import Keys, Stage, find_by_index
from crm.feed.upsert import Target

MOST_BY_DATABASE = 100


@dataclass(frozen=True)
class Reference:
    """A column that names a row of another table, which is there or comes with this load."""

    column: str
    table: str
    number: str
    keys: Keys
    noun: str

    def unknown(self, cursor: CursorWrapper, stage: Stage) -> list[tuple[int, RowRefused]]:
        """Give the lines that name nothing, with why."""
        cursor.execute(
            SQL(
                "SELECT s.line, s.{0} FROM {1} s WHERE NOT EXISTS (SELECT FROM {2} r WHERE r.{3} = s.{0})"
                " AND NOT EXISTS (SELECT FROM {4} k WHERE k.{3} = s.{0})"
            ).format(
                Identifier(self.column), stage.chunk, Identifier(self.table), Identifier(self.number), self.keys.table
            )
        )
        return [
            (line, RowRefused(self.column, f"No {self.noun} {shown(value)} is known here."))
            for line, value in cursor.fetchall()
        ]


@dataclass(frozen=True)
class Outcome:
    """What came of a chunk."""

    counts: Counts = field(default_factory=Counts)
    refused: list[tuple[Row, RowRefused]] = field(default_factory=list)

    def __add__(self, other: Outcome) -> Outcome:
        counts = Counts()
        counts.add(self.counts)
        counts.add(other.counts)
        return Outcome(counts, self.refused + other.refused)


class ChunkLoader(Reading):
    """Loads a file that may be of any length. A subclass says what is staged, what it refers to and where it goes."""

    references: tuple[Reference, ...] = ()
    spared: Spared | None = None

    def __init__(self, load: Load, form: Form, keys: Keys) -> None:
        """Open the file and make its stage."""
        super().__init__(load, form)
        self.stage = Stage(keys, self.staged())
        self._by_database = 0

    def staged(self) -> Mapping[str, Field[Any, Any] | None]:
        """Give the columns of the stage with the field that gives each its type, or None for text."""
        raise NotImplementedError

    def target(self) -> Target:
        """Give the table and what it should say."""
        raise NotImplementedError

    def run(self) -> None:
        """Load the file."""
        with self.load.counted(self.form.name) as counts:
            with connection.cursor() as cursor:
                self.create(cursor)
            for batch in self.told(ahead(self.batches(self.load.chunk))):
                outcome = self._write(batch.rows)
                counts.add(outcome.counts)
                for row, refusal in outcome.refused:
                    self.load.refuse(self.form, row.line, refusal)
                self.dropped([row for row, _ in outcome.refused])
            self.dropped([])

    def create(self, cursor: CursorWrapper) -> None:
        """Make the temporary tables."""
        self.stage.create(cursor)

    def write(self, cursor: CursorWrapper, rows: list[Row]) -> Counts:
        """Bring the staged rows, which are these, to their table; a dry run only counts."""
        return self.target().count(cursor) if self.load.dry_run else self.target().write(cursor)

    def judge(self, cursor: CursorWrapper) -> dict[int, RowRefused]:
        """Say what is wrong with staged rows that only shows beside other rows: lines, with why."""
        return {}

    def refused(self, record: Record) -> None:
        """Spare what the row that cannot be read may have been about."""
        if self.spared:
            self.spared.note(self.reader.cell(record, self.form.key[0]))

    def dropped(self, rows: list[Row]) -> None:
        """Spare what rows were about that were read and then refused."""
        if self.spared:
            for row in rows:
                self.spared.note(row.values[self.form.key[0]])
            self.spared.keep()

    def _write(self, rows: list[Row]) -> Outcome:
        """Write all or, where the database refuses the lot, each half by itself, down to the row that is at fault."""
        if not rows:
            return Outcome()
        try:
            with transaction.atomic(), self.load.acting(), connection.cursor() as cursor:
                return self._attempt(cursor, rows)
        except (DataError, IntegrityError) as error:
            if len(rows) == 1:
                return self._refused_by_database(rows[0], error)
        half = len(rows) // 2
        return self._write(rows[:half]) + self._write(rows[half:])

    def _refused_by_database(self, row: Row, error: Exception) -> Outcome:
        """Refuse the row, if such rows are few: what the database refuses was read as good, many are our fault."""
        refusal = RowRefused("", _sentence(error))
        self._by_database += 1
        if self._by_database > MOST_BY_DATABASE:
            raise FeedLoadRefused(
                f"{self.form.name}, line {row.line:,}: {refusal} So were {MOST_BY_DATABASE} before: stopped."
            ) from error
        return Outcome(refused=[(row, refusal)])

    def _attempt(self, cursor: CursorWrapper, rows: list[Row]) -> Outcome:
        self.stage.fill(cursor, rows)
        find_by_index(cursor)
        refused = self._unknown(cursor)
        self.stage.remove(cursor, list(refused))
        repeats = self.stage.take_keys(cursor)
        self.stage.remove(cursor, [repeat.line for repeat in repeats])
        refused |= {repeat.line: repeated(repeat.first_line, self.form) for repeat in repeats if not repeat.same}
        judged = self.judge(cursor)
        self.stage.forget(cursor, list(judged))
        refused |= judged
        gone = {*refused, *(repeat.line for repeat in repeats)}
        counts = self.write(cursor, [row for row in rows if row.line not in gone])
        counts.unchanged += sum(repeat.same for repeat in repeats)
        return Outcome(counts, [(row, refused[row.line]) for row in rows if row.line in refused])

    def _unknown(self, cursor: CursorWrapper) -> dict[int, RowRefused]:
        refused: dict[int, RowRefused] = {}
        for reference in self.references:
            refused = dict(reference.unknown(cursor, self.stage)) | refused
        return refused


def _sentence(error: Exception) -> str:
    """Say what the database refused, without the row's values, which its message may hold."""
    diagnosis = getattr(error.__cause__, "diag", None)
    constraint = getattr(diagnosis, "constraint_name", None)
    return f"The database refuses the row ({constraint or type(error).__name__})."
