"""Finding what is due and writing its messages, once per event, recipient and channel."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction

from finpulse.audit.services import record
from finpulse.kernel.queue import enqueue_many
from finpulse.kernel.registries import alert_kinds
from notifications.alert_kinds import AlertKind, DueAlert
from notifications.models import Message

CHUNK = 1000
DELIVER = "notifications.deliver"
LOCK = zlib.crc32(b"notifications.alerts_scan")


@dataclass
class ScanReport:
    """Alerts found due; of their messages, those queued now and those queued before."""

    found: int = 0
    queued: int = 0
    already: int = 0


def alerts_scan(*, now: datetime, dry_run: bool = False, actor: Any = None) -> ScanReport:
    """Queue a message per channel for each alert due at `now` that has none; with `dry_run` only count.

    Memory does not grow with what is due. A thousand alerts are one transaction: a scan that is ended half-way is
    completed by the next.
    """
    report = ScanReport()
    for _, kind in alert_kinds.items():
        for alerts in _chunks(kind.due(now)):
            _queue(kind, alerts, report, dry_run=dry_run, actor=actor)
    return report


@transaction.atomic
def _queue(kind: AlertKind, alerts: list[DueAlert], report: ScanReport, *, dry_run: bool, actor: Any) -> None:
    _one_at_a_time()
    messages = {row.key: row for alert in alerts for row in _messages(kind, alert)}
    known = set(Message.objects.filter(key__in=messages).values_list("key", flat=True))
    new = [row for key, row in messages.items() if key not in known]
    report.found += len(alerts)
    report.queued += len(new)
    report.already += len(known)
    if dry_run or not new:
        return
    rows = Message.objects.bulk_create(new, batch_size=CHUNK)
    enqueue_many(DELIVER, [(f"{DELIVER}:{row.pk}", {"message_id": row.pk}) for row in rows])
    record("notifications.alerts.queued", actor=actor, detail={"kind": kind.name, "messages": len(rows)})


def _one_at_a_time() -> None:
    # Two scans would both find a key missing; the unique key would then undo the second's whole chunk.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _messages(kind: AlertKind, alert: DueAlert) -> Iterator[Message]:
    for channel in alert.channels:
        yield Message(
            key=f"{kind.name}:{alert.event}:{alert.recipient_role}:{channel}",
            kind=kind.name,
            channel=channel,
            recipient_role=alert.recipient_role,
            subject_type=alert.subject.type,
            subject_id=alert.subject.id,
            scope_type=alert.scope.type,
            scope_id=alert.scope.id,
            context=alert.context,
            due_at=alert.due_at,
            late=alert.late,
            deadline_on=alert.deadline_on,
        )


def _chunks(alerts: Iterable[DueAlert]) -> Iterator[list[DueAlert]]:
    left = iter(alerts)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
