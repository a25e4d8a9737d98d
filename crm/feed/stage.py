"""The temporary tables that the rows of a file travel through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, Model
from psycopg.sql import SQL, Composed, Identifier

from crm.feed.forms import Row


@dataclass(frozen=True)
class Keys:
    """The keys of all rows that a file has brought so far, for the length of a load; `carried` stays with them."""

    name: str
    columns: tuple[str, ...]
    carried: tuple[str, ...] = ()

    @property
    def table(self) -> Identifier:
        """The temporary table."""
        return Identifier(f"feed_{self.name}_keys")

    def create(self, cursor: CursorWrapper) -> None:
        """Make the table, empty."""
        cursor.execute(SQL("DROP TABLE IF EXISTS {}").format(self.table))
        columns = [SQL("{} text").format(Identifier(name)) for name in (*self.columns, *self.carried)]
        cursor.execute(
            SQL("CREATE TEMPORARY TABLE {} (line integer, digest bigint, {}, PRIMARY KEY ({}))").format(
                self.table, SQL(", ").join(columns), names(self.columns)
            )
        )


@dataclass(frozen=True)
class Repeat:
    """A row whose key the file had before: on which line, and whether with the same cells."""

    line: int
    first_line: int
    same: bool


@dataclass(frozen=True)
class Stage:
    """A file's chunk on its way. `columns` are names with the model's field that gives their type, or None for text."""

    keys: Keys
    columns: Mapping[str, Field[Any, Any] | None]

    @property
    def chunk(self) -> Identifier:
        """The temporary table."""
        return Identifier(f"feed_{self.keys.name}")

    def create(self, cursor: CursorWrapper) -> None:
        """Make the table, empty."""
        cursor.execute(SQL("DROP TABLE IF EXISTS {}").format(self.chunk))
        columns = [SQL("{} {}").format(Identifier(name), _type(field)) for name, field in self.columns.items()]
        cursor.execute(
            SQL("CREATE TEMPORARY TABLE {} (line integer PRIMARY KEY, digest bigint, {})").format(
                self.chunk, SQL(", ").join(columns)
            )
        )

    def fill(self, cursor: CursorWrapper, rows: Iterable[Row]) -> None:
        """Put these rows in the place of the chunk before."""
        staged = tuple(self.columns)
        values_of = itemgetter(*staged)
        copied = ((row.line, row.digest, *values_of(row.values)) for row in rows)
        copy_rows(cursor, self.chunk, ("line", "digest", *staged), copied, joined_by=self.keys.columns)

    def take_keys(self, cursor: CursorWrapper) -> list[Repeat]:
        """Remember the chunk's keys; give the rows whose key an earlier line had."""
        columns = names((*self.keys.columns, *self.keys.carried))
        cursor.execute(
            SQL(
                "INSERT INTO {} (line, digest, {}) SELECT line, digest, {} FROM {} ORDER BY line ON CONFLICT DO NOTHING"
            ).format(self.keys.table, columns, columns, self.chunk)
        )
        taken = cursor.rowcount
        cursor.execute(SQL("SELECT count(*) FROM {}").format(self.chunk))
        if cursor.fetchone()[0] == taken:
            return []
        cursor.execute(
            SQL(
                "SELECT s.line, k.line, s.digest = k.digest FROM {} s JOIN {} k USING ({}) WHERE s.line <> k.line"
            ).format(self.chunk, self.keys.table, names(self.keys.columns))
        )
        return [Repeat(*row) for row in cursor.fetchall()]

    def remove(self, cursor: CursorWrapper, lines: list[int]) -> None:
        """Take rows out of the chunk."""
        if lines:
            cursor.execute(SQL("DELETE FROM {} WHERE line = ANY(%s)").format(self.chunk), [lines])

    def forget(self, cursor: CursorWrapper, lines: list[int]) -> None:
        """Take rows out of the chunk as if the file had not brought them."""
        self.remove(cursor, lines)
        if lines:
            cursor.execute(SQL("DELETE FROM {} WHERE line = ANY(%s)").format(self.keys.table), [lines])


def find_by_index(cursor: CursorWrapper, *, only: bool = True) -> None:
    """Have a chunk's rows looked up one by one, to the end of the transaction or until it is not to be done `only` so.

    Where statistics are older than the last load, the planner takes the bank's tables to be small and would hash all of
    one for each chunk.
    """
    how = "off" if only else "on"
    for way in ("hashjoin", "mergejoin", "material", "seqscan"):
        cursor.execute(f"SET LOCAL enable_{way} = {how}")


def copy_rows(
    cursor: CursorWrapper,
    table: Identifier,
    columns: tuple[str, ...],
    rows: Iterable[tuple[Any, ...]],
    *,
    joined_by: tuple[str, ...],
) -> None:
    """Empty a temporary table and fill it by COPY; the planner hears of the columns that it is `joined_by`."""
    cursor.execute(SQL("TRUNCATE {}").format(table))
    statement = SQL("COPY {} ({}) FROM STDIN").format(table, names(columns))
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(SQL("ANALYZE {} ({})").format(table, names(joined_by)))


def names(columns: Iterable[str]) -> Composed:
    """Give column names as SQL lists them."""
    return SQL(", ").join(map(Identifier, columns))


def field_of(model: type[Model], name: str) -> Any:
    """Give a column's field. :raises FieldDoesNotExist: when the model has none of this name."""
    field = model._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101 - tells the type checker what the feed's columns are
    return field


def _type(field: Any) -> SQL:
    kind = field.target_field.rel_db_type(connection) if field is not None and field.is_relation else None
    return SQL(kind or (field.db_type(connection) if field is not None else None) or "text")
