"""Writing to the trail."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from finpulse.audit.models import AuditEvent


def record(
    verb: str, *, actor: Any, subject: Model | None = None, reason: str = "", detail: dict[str, Any] | None = None
) -> AuditEvent:
    """Add an event, in the caller's transaction. `verb` is app.entity.past_tense; `actor` None means FinPulse itself.

    `detail` takes keys, counts and codes, never a name or a value that the law may ask to erase.
    """
    return AuditEvent.objects.create(**_facts(verb, actor, subject, reason, detail))


def record_many(
    verb: str, *, actor: Any, subject_type: str, details: dict[int, dict[str, Any]], reason: str = ""
) -> int:
    """Add one event per subject id in one statement per thousand. Gives how many."""
    events = [
        AuditEvent(verb=verb, actor=actor, subject_type=subject_type, subject_id=key, reason=reason, detail=detail)
        for key, detail in details.items()
    ]
    return len(AuditEvent.objects.bulk_create(events, batch_size=1000))


def _facts(verb: str, actor: Any, subject: Model | None, reason: str, detail: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "verb": verb,
        "actor": actor,
        "subject_type": subject._meta.label_lower if subject is not None else "",
        "subject_id": subject.pk if subject is not None else None,
        "reason": reason,
        "detail": detail or {},
    }
