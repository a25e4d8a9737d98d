"""Reads of the trail."""

from __future__ import annotations

import re

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from finpulse.audit.models import AuditEvent
from finpulse.audit.services.looks import search_mark

LARGEST_ID = 2**63 - 1


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
