"""Rows into a table by COPY, which takes a million in the time that INSERT takes for fifty thousand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection
from django.db.models import NOT_PROVIDED, Field, Model


def copy_rows(model: type[Model], columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> int:
    """Copy rows whose values stand in the order of `columns` (field attnames). Gives how many.

    Columns that are not named take their field's default, as an instance would. Constraints hold when it returns.
    """
    named = [_field(model, name) for name in columns]
    others = [field for field in model._meta.concrete_fields if field not in named and _has_own_default(field)]
    filling = tuple(field.get_db_prep_save(field.get_default(), connection) for field in others)
    quoted = ", ".join(connection.ops.quote_name(str(field.column)) for field in (*named, *others))
    count = 0
    statement = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({quoted}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for count, row in enumerate(rows, start=1):  # noqa: B007
            copy.write_row(row + filling)
    return count


class Ids(Iterator[int]):
    """Ids of a table, taken from its own sequence in blocks: whoever adds a row meanwhile gets another."""

    def __init__(self, model: type[Model], *, block: int = 10_000) -> None:
        """Take nothing yet."""
        self._table = connection.ops.quote_name(model._meta.db_table)
        self._block = block
        self._taken: Iterator[int] = iter(())

    def __next__(self) -> int:
        """Give one more. Not to be called while a copy runs: it may ask the database."""
        taken = next(self._taken, None)
        if taken is None:
            self._taken = iter(self._take())
            taken = next(self._taken)
        return taken

    def _take(self) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [self._table, self._block],
            )
            return sorted(row[0] for row in cursor.fetchall())


def check_at_once() -> None:
    """Check foreign keys as each statement ends: a check put off to the commit waits in the server's memory."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refresh_statistics(models: Iterable[type[Model]]) -> None:
    """Tell the planner what the tables hold now, before the first page asks."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _field(model: type[Model], attname: str) -> Field[Any, Any]:
    return next(field for field in model._meta.concrete_fields if field.attname == attname)


def _has_own_default(field: Field[Any, Any]) -> bool:
    return not field.primary_key and not field.generated and field.db_default is NOT_PROVIDED
