"""Keys of rows that were refused: what they were about is not there to be judged, so nothing is taken from it."""

from __future__ import annotations

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg.sql import SQL, Composed, Identifier


class Spared:
    """The spared keys of one file, in a temporary table; "" stands for any, since a line may be wholly unreadable."""

    def __init__(self, name: str) -> None:
        self.table = Identifier(f"feed_{name}_spared")
        self._noted: set[str] = set()

    def create(self, cursor: CursorWrapper) -> None:
        """Make the table, empty."""
        self._noted.clear()
        cursor.execute(SQL("DROP TABLE IF EXISTS {}").format(self.table))
        cursor.execute(SQL("CREATE TEMPORARY TABLE {} (key text PRIMARY KEY)").format(self.table))

    def note(self, key: str) -> None:
        """Remember a key until `keep` writes it."""
        self._noted.add(key)

    def keep(self) -> None:
        """Write what is noted."""
        if self._noted:
            with connection.cursor() as cursor:
                cursor.execute(
                    SQL("INSERT INTO {} SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING").format(self.table),
                    [list(self._noted)],
                )
            self._noted.clear()

    def spares(self, key: str) -> Composed:
        """Give the condition that the row with this key (SQL) is spared."""
        return SQL("EXISTS (SELECT FROM {} x WHERE x.key IN ({}, ''))").format(self.table, SQL(key))
