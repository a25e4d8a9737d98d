"""What the web's role may not do with the trail."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connections

from finpulse.audit.models import AuditEvent


def trail_protect(*, using: str) -> None:
    """Leave the web's role INSERT and SELECT on the trail; nothing to do where it owns the tables."""
    web, owner = (unquote(urlsplit(url).username or "") for url in (settings.DATABASE_URL, settings.DATABASE_OWNER_URL))
    if not web or web == owner:
        return
    connection = connections[using]
    table, role = (connection.ops.quote_name(name) for name in (AuditEvent._meta.db_table, web))
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")
