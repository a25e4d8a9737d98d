"""Running one queued task: claim by conditional update, run, record. A message delivered twice does nothing twice."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue.handlers import Handler, handlers

logger = logging.getLogger(__name__)
State = QueuedTask.State


def run_queued(task_id: int) -> bool:
    """Claim the row and run its handler. False when another has it, or it is done.

    A handler that raises is tried again with growing pauses; after its last attempt the row is DEAD, for an
    administrator to see.
    """
    row = QueuedTask.objects.filter(pk=task_id).first()
    if row is None or row.name not in handlers:
        return False
    work = handlers.get(row.name)
    if not _claim(row.pk, work):
        return False
    row.refresh_from_db()
    try:
        work.run(**row.arguments)
    except Exception as error:
        logger.exception("%s %s failed, attempt %s", row.name, row.pk, row.attempts)
        _put_back(row, work, error)
    else:
        _held(row).update(state=State.DONE, finished_at=timezone.now(), leased_until=None, last_error="")
    return True


def _claim(task_id: int, work: Handler) -> bool:
    now = timezone.now()
    ready = Q(state__in=[State.WAITING, State.RUNG]) | Q(state=State.RUNNING, leased_until__lt=now)
    claimed = QueuedTask.objects.filter(ready, pk=task_id, available_at__lte=now).update(
        state=State.RUNNING, attempts=F("attempts") + 1, leased_until=now + timedelta(seconds=work.lease_seconds)
    )
    return claimed == 1


def _held(row: QueuedTask) -> QuerySet[QueuedTask]:
    # Only while the lease taken here still stands: a slower twin must not overwrite what its successor recorded.
    return QueuedTask.objects.filter(pk=row.pk, state=State.RUNNING, attempts=row.attempts)


@transaction.atomic
def _put_back(row: QueuedTask, work: Handler, error: Exception) -> None:
    words = f"{type(error).__name__}: {error}"[:2000]
    if row.attempts >= work.max_attempts:
        _held(row).update(state=State.DEAD, finished_at=timezone.now(), leased_until=None, last_error=words)
    else:
        _held(row).update(state=State.WAITING, available_at=timezone.now() + pause(row.attempts), leased_until=None, last_error=words)


def pause(attempts: int) -> timedelta:
    """Give the time to wait after so many attempts: 2, 4, 8 … seconds, at most ten minutes."""
    return timedelta(seconds=min(2**attempts, 600))
