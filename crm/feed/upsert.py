"""Making a table say what the chunk says: one statement for new and differing rows, none touched that is equal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from crm.feed.report import Counts
from crm.feed.stage import field_of


@dataclass(frozen=True)
class Assignment:
    """A column and the SQL of its value, over `s` (the chunk), `t` (the row as it is, null when new) and the joins.

    What is not compared does not make a row "changed" by itself.
    """

    column: str
    value: Composable
    compared: bool = True


@dataclass(frozen=True)
class Target:
    """The table, how a chunk's row finds its own there, and what it should say."""

    table: str
    chunk: Identifier
    key: dict[str, Composable]
    assignments: list[Assignment] = field(default_factory=list)
    joins: Composable = field(default_factory=lambda: SQL(""))

    @property
    def origin(self) -> Composed:
        """The FROM clause: the chunk, the joins, the rows as they are."""
        return SQL("FROM {} s {} LEFT JOIN {} t ON {}").format(
            self.chunk, self.joins, Identifier(self.table), self._match
        )

    @property
    def known(self) -> Composed:
        """The FROM clause with those rows only that are there already."""
        return SQL("FROM {} s {} JOIN {} t ON {}").format(self.chunk, self.joins, Identifier(self.table), self._match)

    @property
    def _match(self) -> Composed:
        return SQL(" AND ").join(
            SQL("t.{} = {}").format(Identifier(column), value) for column, value in self.key.items()
        )

    @property
    def is_new(self) -> Composed:
        """The condition that the chunk's row has none of its own there."""
        return SQL("t.{} IS NULL").format(Identifier(next(iter(self.key))))

    @property
    def differs(self) -> Composed:
        """The condition that a row which is there says something else."""
        compared = [assignment for assignment in self.assignments if assignment.compared]
        return SQL("(NOT {} AND ROW({}) IS DISTINCT FROM ROW({}))").format(
            self.is_new,
            SQL(", ").join(SQL("t.{}").format(Identifier(assignment.column)) for assignment in compared),
            SQL(", ").join(assignment.value for assignment in compared),
        )

    def count(self, cursor: CursorWrapper) -> Counts:
        """Tell what `write` would do."""
        cursor.execute(
            SQL("SELECT count(*) FILTER (WHERE {}), count(*) FILTER (WHERE {}), count(*) {}").format(
                self.is_new, self.differs, self.origin
            )
        )
        new, changed, rows = _first(cursor)
        return Counts(new=new, changed=changed, unchanged=rows - new - changed)

    def write(self, cursor: CursorWrapper) -> Counts:
        """Insert what is new, update what differs."""
        keys = [Assignment(column, value) for column, value in self.key.items()]
        columns = [Identifier(assignment.column) for assignment in (*keys, *self.assignments)]
        updates = [SQL("{0} = EXCLUDED.{0}").format(Identifier(assignment.column)) for assignment in self.assignments]
        cursor.execute(
            SQL(
                "WITH written AS (INSERT INTO {} AS r ({}) SELECT {} {} WHERE {} OR {}"
                " ON CONFLICT ({}) DO UPDATE SET {} RETURNING r.xmax = 0 AS is_new)"
                " SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new), (SELECT count(*) FROM {})"
                " FROM written"
            ).format(
                Identifier(self.table),
                SQL(", ").join(columns),
                SQL(", ").join(assignment.value for assignment in (*keys, *self.assignments)),
                self.origin,
                self.is_new,
                self.differs,
                SQL(", ").join(map(Identifier, self.key)),
                SQL(", ").join(updates),
                self.chunk,
            )
        )
        new, changed, rows = _first(cursor)
        return Counts(new=new, changed=changed, unchanged=rows - new - changed)


def assignments_of(
    model: type[Model], columns: Iterable[str], present: Iterable[str], *, kept_if_edited: bool = False
) -> list[Assignment]:
    """Give the assignments of plain columns: what the chunk has of it; a column the file has not stays as it is.

    A field with a default takes it when the row is new and the cell empty. `kept_if_edited`: a column that the row
    lists in `edited_here` stays as it is.
    """
    return [Assignment(name, _value(model, name, name in present, kept_if_edited)) for name in columns]


def _value(model: type[Model], name: str, present: bool, kept_if_edited: bool) -> Composable:
    field = field_of(model, name)
    column, default = Identifier(field.column), Literal(field.get_default())
    if not present:
        return SQL("COALESCE(t.{}, {})").format(column, default)
    value: Composable = SQL("s.{}").format(column)
    if field.has_default():
        value = SQL("COALESCE(s.{0}, t.{0}, {1})").format(column, default)
    if kept_if_edited:
        value = SQL("CASE WHEN {0} = ANY(t.edited_here) THEN t.{1} ELSE {2} END").format(Literal(name), column, value)
    return value


def _first(cursor: CursorWrapper) -> Any:
    return cursor.fetchone()
