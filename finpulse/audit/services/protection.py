"""What the web's role may not do with rows that are only ever added."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connections

from finpulse.kernel.registries import append_only

REFUSED = "UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER"


def append_only_protect(*, using: str) -> None:
    """Leave the web's role INSERT and SELECT on the registered tables; nothing to do where it owns them.

    Of their sequences it keeps what an INSERT needs: who could set one could make room for an id among those sealed.
    """
    web, owner = (unquote(urlsplit(url).username or "") for url in (settings.DATABASE_URL, settings.DATABASE_OWNER_URL))
    if not web or web == owner:
        return
    connection = connections[using]
    quoted, role = connection.ops.quote_name, connection.ops.quote_name(web)
    with connection.cursor() as cursor:
        there = {table.name for table in connection.introspection.get_table_list(cursor)}
        for table in {model._meta.db_table for model in append_only} & there:
            cursor.execute(f"REVOKE {REFUSED} ON {quoted(table)} FROM {role}")
            for sequence in connection.introspection.get_sequences(cursor, table):
                cursor.execute(f"REVOKE UPDATE ON SEQUENCE {quoted(sequence['name'])} FROM {role}")
