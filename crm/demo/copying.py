"""Rows into a table by COPY, which takes a million in the time that INSERT takes for fifty thousand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import NOT_PROVIDED, Field, JSONField, Model

from crm.demo.copy_text import field_text


def lock_for_writing(models: Iterable[type[Model]], *, readers_wait: bool) -> None:
    """Let nobody else write to the tables, or also read them, until the transaction ends."""
    tables = ", ".join(_table(model) for model in models)
    mode = "ACCESS EXCLUSIVE" if readers_wait else "SHARE ROW EXCLUSIVE"
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tables} IN {mode} MODE")


def reserve_ids(model: type[Model], count: int) -> int:
    """Take so many ids that follow one another from the sequence of a table locked for writing. Gives the first."""
    sequence = "pg_get_serial_sequence(%s, 'id')"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval({sequence})", [_table(model)])
        (first,) = cursor.fetchone()
        cursor.execute(f"SELECT setval({sequence}, %s)", [_table(model), first + count])
    return int(first)


def filling(model: type[Model], columns: tuple[str, ...]) -> list[str]:
    """Give, as text for COPY, the defaults that an instance would have in the fields not among the columns."""
    return [_default_text(field) for field in _others(model, columns)]


def copy_block(model: type[Model], columns: tuple[str, ...], block: bytes) -> None:
    """Copy rows whose values stand in the order of `columns` (field attnames), each with the filling after it."""
    fields = [*(_field(model, name) for name in columns), *_others(model, columns)]
    quoted = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    with connection.cursor() as cursor, cursor.copy(f"COPY {_table(model)} ({quoted}) FROM STDIN") as copy:
        copy.write(block)


def check_at_once() -> None:
    """Check foreign keys as each statement ends: a check put off to the commit waits in the server's memory."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refresh_statistics(models: Iterable[type[Model]]) -> None:
    """Tell the planner what the tables hold now, before the first page asks."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {_table(model)}")


def mark_visible(models: Iterable[type[Model]]) -> None:
    """Mark whole pages as seen by all, so that indexes alone answer: else the first readers wait for a later vacuum."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"VACUUM {_table(model)}")


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _field(model: type[Model], attname: str) -> Field[Any, Any]:
    return next(field for field in model._meta.concrete_fields if field.attname == attname)


def _others(model: type[Model], columns: tuple[str, ...]) -> list[Field[Any, Any]]:
    """Fields left out whose default the database does not know; a key comes from its sequence."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.attname not in columns
        and not field.primary_key
        and not field.generated
        and field.db_default is NOT_PROVIDED
    ]


def _default_text(field: Field[Any, Any]) -> str:
    value = field.get_default()
    if isinstance(field, JSONField):
        value = json.dumps(value)
    elif value == []:
        value = "{}"
    return field_text(value)
