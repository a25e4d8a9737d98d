"""Rows into a table by COPY, which takes a million in the time that INSERT takes for fifty thousand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from django.db import connection
from django.db.models import NOT_PROVIDED, Field, Model


def lock_for_writing(models: Iterable[type[Model]], *, readers_wait: bool) -> None:
    """Let nobody else write to the tables, or also read them, until the transaction ends."""
    tables = ", ".join(_table(model) for model in models)
    mode = "ACCESS EXCLUSIVE" if readers_wait else "SHARE ROW EXCLUSIVE"
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tables} IN {mode} MODE")


def reserve_ids(model: type[Model], most: int) -> Iterator[int]:
    """Take up to this many ids that follow one another from the sequence of a table that is locked for writing."""
    sequence = "pg_get_serial_sequence(%s, 'id')"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval({sequence})", [_table(model)])
        (first,) = cursor.fetchone()
        cursor.execute(f"SELECT setval({sequence}, %s)", [_table(model), first + most])
    return count(first)


def copy_rows(model: type[Model], columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Copy rows whose values stand in the order of `columns` (field attnames).

    Columns that are not named take their field's default, as an instance would.
    """
    named = [_field(model, name) for name in columns]
    others = [field for field in model._meta.concrete_fields if field not in named and _has_own_default(field)]
    filling = tuple(field.get_db_prep_save(field.get_default(), connection) for field in others)
    quoted = ", ".join(connection.ops.quote_name(str(field.column)) for field in (*named, *others))
    with connection.cursor() as cursor, cursor.copy(f"COPY {_table(model)} ({quoted}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row + filling)


def check_at_once() -> None:
    """Check foreign keys as each statement ends: a check put off to the commit waits in the server's memory."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refresh_statistics(models: Iterable[type[Model]]) -> None:
    """Tell the planner what the tables hold now, before the first page asks."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {_table(model)}")


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _field(model: type[Model], attname: str) -> Field[Any, Any]:
    return next(field for field in model._meta.concrete_fields if field.attname == attname)


def _has_own_default(field: Field[Any, Any]) -> bool:
    return not field.primary_key and not field.generated and field.db_default is NOT_PROVIDED
