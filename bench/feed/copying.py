"""Plain COPY of a feed's file into an unlogged table of the same columns, typed as the bank's own, without an index."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import Model
from psycopg.sql import SQL, Identifier

from bench.feed import processor
from crm.feed.files import customers, holdings
from crm.models import Customer, Holding

MODELS = {customers.FORM.name: Customer, holdings.FORM.name: Holding}
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
    rounds = [_copy(path, MODELS[path.name], header) for _ in range(ROUNDS)]
    return Copied(*(statistics.median(numbers) for numbers in zip(*rounds, strict=True)))


def indexed(name: str) -> Copied:
    """Copy what one of the files became, by one statement of SQL, into a table with the bank's own indexes."""
    table = Identifier(MODELS[name]._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(_COPIED, table))
        used, started = processor.of_postgresql(), perf_counter()
        cursor.execute(SQL("INSERT INTO {} SELECT * FROM {}").format(_COPIED, table))
        result = Copied(perf_counter() - started, processor.of_postgresql() - used)
        cursor.execute(SQL("DROP TABLE {}").format(_COPIED))
    return result


def _copy(path: Path, model: type[Model], header: list[str]) -> tuple[float, float]:
    columns = SQL(", ").join(SQL("{} {}").format(Identifier(name), _type(model, name)) for name in header)
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


def _type(model: type[Model], name: str) -> SQL:
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return SQL("text")
    return SQL(field.rel_db_type(connection))
