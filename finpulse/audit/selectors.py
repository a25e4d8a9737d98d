"""Reads of the trail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Q, QuerySet

from finpulse.audit.models import AuditEvent, AuditSeal
from finpulse.audit.services.looks import search_mark

LARGEST_ID = 2**63 - 1
MOST_COUNTED = 10_000
_WAITING = """
SELECT count(*), min(at) FROM (
    SELECT at FROM audit_auditevent AS event
    WHERE id > %(horizon)s AND NOT EXISTS (
        SELECT FROM (SELECT unnest(event_ids) AS id FROM audit_auditseal WHERE last_id > %(horizon)s) AS seal
        WHERE seal.id = event.id
    )
    ORDER BY id LIMIT %(most)s
) AS waiting
"""


def events_matching(rows: QuerySet[AuditEvent], text: str) -> QuerySet[AuditEvent]:
    """Narrow to a verb, or to a subject's id, a user's events and the searches for exactly these words.

    Users are resolved first: a related column inside the OR would cost the indexes.
    """
    text = text.strip()
    if not text:
        return rows
    if re.fullmatch(r"[a-z_]+\.[a-z_]+\.[a-z_]+", text):
        return rows.filter(verb=text)
    wanted = Q(actor__in=list(get_user_model()._default_manager.filter(username=text).values_list("pk", flat=True)))
    if text.isascii() and text.isdigit() and int(text) <= LARGEST_ID:
        wanted |= Q(subject_id=int(text))
    if mark := search_mark(text):
        wanted |= Q(detail__has_key="search", detail__search__words__contains=[mark])
    return rows.filter(wanted)


@dataclass(frozen=True)
class Sealing:
    """How far the trail is sealed: events that wait (counted to 10,000, then `more`), since when the oldest does."""

    sealed_at: datetime | None
    waiting: int
    more: bool
    waiting_since: datetime | None

    def seconds(self, now: datetime) -> int:
        """Give the age of the oldest event that no seal holds."""
        return max(int((now - self.waiting_since).total_seconds()), 0) if self.waiting_since else 0


def trail_sealing() -> Sealing:
    """Tell when the trail was last sealed and what waits since, in two queries."""
    last = AuditSeal.objects.order_by("-sequence").only("sealed_at", "horizon").first()
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {"horizon": last.horizon if last else 0, "most": MOST_COUNTED + 1})
        count, since = cursor.fetchone()
    return Sealing(last.sealed_at if last else None, min(count, MOST_COUNTED), count > MOST_COUNTED, since)
