"""Writing to the trail."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from finpulse.audit.models import AuditEvent
from finpulse.kernel.history.means import means_told
from finpulse.kernel.rights import by_right

_COPY = "COPY audit_auditevent (at, actor_id, verb, subject_type, subject_id, reason, detail) FROM STDIN"


def record(
    verb: str, *, actor: Any, subject: Model | None = None, reason: str = "", detail: dict[str, Any] | None = None
) -> AuditEvent:
    """Add an event, in the caller's transaction. `verb` is app.entity.past_tense; `actor` None means FinPulse itself.

    `detail` takes keys, counts and codes, never a name or a value that the law may ask to erase. By which right the
    actor reaches the subject is added to it ("by"), where somebody says so of its model.
    """
    return AuditEvent.objects.create(**_facts(verb, actor, subject, reason, detail))


def record_many(
    verb: str,
    *,
    actor: Any,
    subject_type: str,
    details: Mapping[int, dict[str, Any]] | Iterable[tuple[int, dict[str, Any]]],
    reason: str = "",
) -> int:
    """Add one event per subject id by COPY, in the caller's transaction; of several about one subject, pairs.

    Gives how many.
    """
    at, actor_id, by_what = timezone.now(), getattr(actor, "pk", None), means_told()
    pairs = list(details.items() if isinstance(details, Mapping) else details)
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(_COPY) as copy:
        for key, detail in pairs:
            copy.write_row((at, actor_id, verb, subject_type, key, reason, json.dumps({**detail, **by_what})))
    return len(pairs)


def _facts(verb: str, actor: Any, subject: Model | None, reason: str, detail: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "verb": verb,
        "actor": actor,
        "subject_type": subject._meta.label_lower if subject is not None else "",
        "subject_id": subject.pk if subject is not None else None,
        "reason": reason,
        "detail": (detail or {}) | by_right(actor, subject) | means_told(),
    }
