"""Plain COPY of a feed's file into an unlogged table of the same columns, typed as the bank's own, without an index."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from psycopg.sql import SQL, Composed, Identifier

from bench.feed import processor
from crm.feed.files import customers, holdings
from crm.feed.forms import Form

FORMS = {form.name: form for form in (customers.FORM, holdings.FORM)}
ROUNDS = 3
_BLOCK = 1 << 16
_COPIED = Identifier("bench_copied")


@dataclass(frozen=True)
class Copied:
    """Seconds by the clock, and of processor time of both processes: the medians."""

    seconds: float
    processor: float


def copied(path: Path) -> Copied:
    """Copy three times."""
    with path.open(encoding="utf-8") as lines:
        header = lines.readline().rstrip().split(",")
    rounds = [_copy(path, FORMS[path.name], header) for _ in range(ROUNDS)]
    return Copied(*(statistics.median(numbers) for numbers in zip(*rounds, strict=True)))


def indexed(name: str) -> Copied:
    """Copy what one of the files became, by one statement of SQL, into a table with the bank's own indexes."""
    model = FORMS[name].model
    table = Identifier(model._meta.db_table if model else "")
    with connection.cursor() as cursor:
        cursor.execute(SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(_COPIED, table))
        used, started = processor.of_postgresql(), perf_counter()
        cursor.execute(SQL("INSERT INTO {} SELECT * FROM {}").format(_COPIED, table))
        result = Copied(perf_counter() - started, processor.of_postgresql() - used)
        cursor.execute(SQL("DROP TABLE {}").format(_COPIED))
    return result


def _copy(path: Path, form: Form, header: list[str]) -> tuple[float, float]:
    columns = SQL(", ").join(SQL("{} {}").format(Identifier(name), _type(form, name)) for name in header)
    with connection.cursor() as cursor:
        cursor.execute(SQL("DROP TABLE IF EXISTS {}").format(_COPIED))
        cursor.execute(SQL("CREATE UNLOGGED TABLE {} ({})").format(_COPIED, columns))
        used = processor.own() + processor.of_postgresql()
        started = perf_counter()
        with (
            path.open("rb") as file,
            cursor.copy(SQL("COPY {} FROM STDIN (FORMAT csv, HEADER)").format(_COPIED)) as copy,
        ):
            while block := file.read(_BLOCK):
                copy.write(block)
        seconds = perf_counter() - started
        used = processor.own() + processor.of_postgresql() - used
        cursor.execute(SQL("DROP TABLE {}").format(_COPIED))
    return seconds, used


def _type(form: Form, name: str) -> SQL | Composed:
    assert form.model is not None  # noqa: S101 - tells the type checker
    try:
        return SQL("{}").format(SQL(form.model._meta.get_field(name).rel_db_type(connection)))  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return SQL("text")
