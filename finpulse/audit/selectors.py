"""Reads of the trail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone
from psycopg.sql import SQL, Identifier, Literal

from finpulse.audit.models import AuditEvent, AuditSeal
from finpulse.audit.services.looks import search_mark

LARGEST_ID = 2**63 - 1
MOST_COUNTED = 10_000
# The clock seals each minute.
LATE_SECONDS = 300
VERIFIED = "audit.trail.verified"
WALKED = ("verb", "subject_type")
# Each value from the one before by the index: a plain DISTINCT would read the whole of it.
_VALUES = """
(WITH RECURSIVE each (value) AS (
    (SELECT {0} FROM audit_auditevent ORDER BY {0} LIMIT 1)
    UNION ALL
    SELECT (SELECT {0} FROM audit_auditevent WHERE {0} > each.value ORDER BY {0} LIMIT 1)
    FROM each WHERE each.value IS NOT NULL
)
SELECT {1}, value FROM each WHERE value > '')
"""
_SEALING = """
WITH last AS (SELECT sealed_at, horizon FROM audit_auditseal ORDER BY sequence DESC LIMIT 1),
sealed AS (SELECT coalesce((SELECT horizon FROM last), 0) AS horizon)
SELECT (SELECT sealed_at FROM last), count(*), min(at) FROM (
    SELECT at FROM audit_auditevent AS event
    WHERE id > (SELECT horizon FROM sealed) AND NOT EXISTS (
        SELECT FROM (
            SELECT unnest(event_ids) AS id FROM audit_auditseal WHERE last_id > (SELECT horizon FROM sealed)
        ) AS seal
        WHERE seal.id = event.id
    )
    ORDER BY id LIMIT %(most)s
) AS waiting
"""


def events_matching(rows: QuerySet[AuditEvent], text: str) -> QuerySet[AuditEvent]:
    """Narrow to a verb, to a day, or to a subject's id, a person's events and the searches for exactly these words.

    Users are resolved first: a related column inside the OR would cost the indexes.
    """
    text = text.strip()
    if not text:
        return rows
    if re.fullmatch(r"[a-z_]+\.[a-z_]+\.[a-z_]+", text):
        return rows.filter(verb=text)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return _on_day(rows, text)
    wanted = Q(actor__in=_people(text))
    if text.isascii() and text.isdigit() and int(text) <= LARGEST_ID:
        wanted |= Q(subject_id=int(text))
    if mark := search_mark(text):
        wanted |= Q(detail__has_key="search", detail__search__words__contains=[mark])
    return rows.filter(wanted)


def _on_day(rows: QuerySet[AuditEvent], text: str) -> QuerySet[AuditEvent]:
    try:
        begin = timezone.make_aware(datetime.fromisoformat(text))
    except ValueError:
        return rows.none()
    return rows.filter(at__gte=begin, at__lt=begin + timedelta(days=1))


def _people(text: str) -> list[int]:
    """Give who has this user name or these words as his whole name."""
    whole = Concat("first_name", Value(" "), "last_name")
    people = get_user_model()._default_manager.annotate(whole=whole)
    return list(people.filter(Q(username__iexact=text) | Q(whole__iexact=text)).values_list("pk", flat=True))


def values_kept() -> dict[str, list[str]]:
    """Give, of each column by which the trail is walked, what it has there: one look in the index for each."""
    found: dict[str, list[str]] = {column: [] for column in WALKED}
    every = SQL(" UNION ALL ").join(SQL(_VALUES).format(Identifier(column), Literal(column)) for column in WALKED)
    with connection.cursor() as cursor:
        cursor.execute(every)
        for column, value in cursor.fetchall():
            found[column].append(value)
    return found


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
    """Tell when the trail was last sealed and what waits since, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_SEALING, {"most": MOST_COUNTED + 1})
        sealed_at, count, since = cursor.fetchone()
    return Sealing(sealed_at, min(count, MOST_COUNTED), count > MOST_COUNTED, since)


def last_seal() -> AuditSeal | None:
    """Give the end of the chain, without what it seals."""
    return AuditSeal.objects.defer("event_ids", "digests").order_by("-sequence").first()


def last_verification() -> AuditEvent | None:
    """Give the event that the last run of verify_audit left."""
    found: AuditEvent | None = AuditEvent.objects.filter(verb=VERIFIED).order_by("-pk").first()
    return found
