"""Loading many rows without indexes: building them once over all rows takes a fraction of keeping them row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model

_BUILD_MEMORY = "256MB"
# Foreign keys between the tables themselves only: dropping one to another table would make its readers wait too.
_CONSTRAINTS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
FROM pg_constraint AS found
WHERE conrelid = ANY (%s::regclass[]) AND (contype = 'f' AND confrelid = ANY (%s::regclass[]) OR contype = 'u')
  AND NOT (contype = 'u' AND EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND conindid = found.conindid))
ORDER BY contype, conname
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
FROM pg_index
WHERE indrelid = ANY (%s::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
ORDER BY indexrelid
"""


@contextmanager
def without_indexes(models: Iterable[type[Model]]) -> Iterator[None]:
    """Have the tables without secondary indexes and foreign keys among themselves for the block, in its transaction.

    What they refuse is refused when the block ends. An error leaves it to the transaction to bring them back.
    """
    tables = [connection.ops.quote_name(model._meta.db_table) for model in models]
    with connection.cursor() as cursor:
        cursor.execute(_CONSTRAINTS, [tables, tables])
        constraints = cursor.fetchall()
        cursor.execute(_INDEXES, [tables])
        indexes = cursor.fetchall()
        for table, name, _ in constraints:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, true)", [_BUILD_MEMORY])
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in reversed(constraints):
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
