"""Loading with the history's triggers and without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter

from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from crm.models import Customer, CustomerHistory, Holding, HoldingHistory
from crm.services.feed import feed_load

TODAY = date(2026, 11, 23)
TABLES = [model._meta.db_table for model in (Customer, Holding, CustomerHistory, HoldingHistory)]


@dataclass
class Result:
    """Seconds by whether the triggers were there, rows that one load changed, rows of history that it left."""

    seconds: dict[bool, list[float]] = field(default_factory=lambda: {False: [], True: []})
    changed: int = 0
    kept: int = 0


@contextmanager
def own_database() -> Iterator[None]:
    """Make a database, and drop it at the end."""
    made = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)


def measured(feeds: dict[str, Path], rounds: int) -> dict[str, Result]:
    """Load each feed and then the bank as it is again, so that every load changes every row that it is about."""
    bank = feeds.pop("")
    results = {name: Result() for name in feeds}
    feed_load(path=bank, actor=None, today=TODAY)
    for turn in range(2 * rounds):
        for name, path in feeds.items():
            _load(path, bank, results[name], triggers=turn % 2 == 1)
    return results


def _load(path: Path, bank: Path, result: Result, *, triggers: bool) -> None:
    _execute(*[f"ALTER TABLE {table} {'ENABLE' if triggers else 'DISABLE'} TRIGGER USER" for table in TABLES[:2]])
    before = _history()
    _execute(*[f"VACUUM ANALYZE {table}" for table in TABLES])
    started = perf_counter()
    report = feed_load(path=path, actor=None, today=TODAY)
    result.seconds[triggers].append(perf_counter() - started)
    result.changed = sum(counts.changed for counts in report.files.values())
    if triggers:
        result.kept = _history() - before
    _execute(*[f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES[:2]])
    feed_load(path=bank, actor=None, today=TODAY)


def _history() -> int:
    return CustomerHistory.objects.count() + HoldingHistory.objects.count()


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
