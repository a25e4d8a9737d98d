"""The trail as it is filtered, as a sheet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from finpulse.audit.models import AuditEvent
from finpulse.audit.sight import shown_detail
from finpulse.audit.verbs import kind_of, words_of
from finpulse.kernel.looking import Look, tell
from finpulse.kernel.sheet_cells import plain_cell

HEAD = (
    *("id", "at_utc", "actor", "username", "verb", "words", "kind"),
    *("subject_type", "subject_id", "reason", "detail"),
)
BATCH = 500


@require_POST
def export(request: HttpRequest, changelist: Any) -> HttpResponseBase:
    """Stream what the list's filters leave, as far as the list pages, once the export is written down."""
    keys = changelist.paginator.keys_reached
    filters = {name: ",".join(map(str, values)) for name, values in changelist.get_filters_params().items()}
    detail = {"surface": "console", "count": len(keys), "filters": filters}
    if changelist.paginator.reached > len(keys):
        detail["more"] = True
    words = changelist.query.strip()
    tell(Look("audit.auditevent.exported", request.user, "audit.auditevent", words=words, detail=detail))
    name = f"audit-trail-{timezone.localtime():%Y%m%d-%H%M%S}.csv"
    response = StreamingHttpResponse(_lines(keys, request.user), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


class _Line:
    """What the csv module writes to: it gives a line back instead of keeping it."""

    def write(self, line: str) -> str:
        """Give the line."""
        return line


def _lines(keys: list[int], user: Any) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(HEAD)
    for first in range(0, len(keys), BATCH):
        events = AuditEvent.objects.filter(pk__in=keys[first : first + BATCH]).select_related("actor").order_by("-pk")
        for event in events:
            yield writer.writerow([plain_cell(value) for value in _cells(event, user)])


def _cells(event: AuditEvent, user: Any) -> tuple[object, ...]:
    detail = shown_detail(event, user)
    return (
        event.pk,
        event.at.astimezone(UTC).isoformat(),
        event.actor_id,
        event.actor.username if event.actor else "",
        event.verb,
        words_of(event.verb),
        kind_of(event.verb),
        event.subject_type,
        event.subject_id,
        event.reason,
        json.dumps(detail, ensure_ascii=False, sort_keys=True) if detail else "",
    )
