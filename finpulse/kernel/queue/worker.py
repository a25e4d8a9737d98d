"""Running one queued task: claim by conditional update, run, record. A message delivered twice does nothing twice."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue.handlers import Handler, TryAgain, Work, handlers

logger = logging.getLogger(__name__)
State = QueuedTask.State

LONGEST_PAUSE_SECONDS = 600
# Rung with growing pauses, these take a quarter of an hour: longer than new and old workers run beside each other.
RINGS_FOR_THE_UNKNOWN = 6


def run_queued(task_id: int) -> bool:
    """Claim the row and run its handler. False when another has it, it is done, or it is not to be run yet.

    A handler that raises is tried again with growing pauses; after its last attempt the row is DEAD, for an
    administrator to see.
    """
    row = QueuedTask.objects.filter(_free(), pk=task_id).first()
    if row is None:
        return False
    if row.name not in handlers:
        _leave_to_another(row)
        return False
    work = handlers.get(row.name)
    if row.attempts >= work.max_attempts:
        _give_up(row, work.given_up, "Each worker that ran it died or ran out of time.")
        return False
    if not _claim(row, work):
        return False
    _run(row, work)
    return True


def _leave_to_another(row: QueuedTask) -> None:
    # A newer version wrote it, and a newer worker will know it: it is rung again, until that is past belief.
    words = f"No worker knows the handler {row.name}."
    logger.warning("Row %s: %s", row.pk, words)
    if row.rings >= RINGS_FOR_THE_UNKNOWN:
        _give_up(row, None, words)
    else:
        QueuedTask.objects.filter(pk=row.pk, state=row.state, attempts=row.attempts).update(last_error=words)


def _free() -> Q:
    over = Q(state=State.RUNNING, leased_until__lt=Now())
    return (Q(state__in=[State.WAITING, State.RUNG]) | over) & Q(available_at__lte=Now())


def _claim(row: QueuedTask, work: Handler) -> bool:
    lease = Now() + timedelta(seconds=work.lease_seconds)
    rows = QueuedTask.objects.filter(_free(), pk=row.pk, attempts=row.attempts)
    row.attempts += 1
    with _unawaited():
        return rows.update(state=State.RUNNING, attempts=F("attempts") + 1, leased_until=lease) == 1


def _run(row: QueuedTask, work: Handler) -> None:
    try:
        work.run(**row.arguments)
    except Exception as error:
        _log(row, error)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        _put_back(row, work, f"{type(error).__name__}: {error}"[:2000])
    else:
        with _unawaited():
            _held(row).update(state=State.DONE, finished_at=Now(), leased_until=None, last_error="")


@contextmanager
def _unawaited() -> Iterator[None]:
    """Commit without waiting for the disk, which costs more than most tasks do.

    Lost with the database's machine, a claim is made again and what was done is found done: as after a lost message.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")
        yield


def _log(row: QueuedTask, error: Exception) -> None:
    words = "%s %s failed, attempt %s: %s"
    expected = isinstance(error, TryAgain)
    logger.log(
        logging.WARNING if expected else logging.ERROR,
        words, row.name, row.pk, row.attempts, error,
        exc_info=not expected,
    )  # fmt: skip


def _held(row: QueuedTask) -> QuerySet[QueuedTask]:
    # Only while the claim made here still stands: a slower twin must not overwrite what its successor recorded.
    return QueuedTask.objects.filter(pk=row.pk, state=State.RUNNING, attempts=row.attempts)


def _put_back(row: QueuedTask, work: Handler, words: str) -> None:
    row.state = State.RUNNING
    if row.attempts >= work.max_attempts:
        _give_up(row, work.given_up, words)
    else:
        _held(row).update(
            state=State.WAITING, rings=0, available_at=Now() + pause(row.attempts), leased_until=None, last_error=words
        )


@transaction.atomic
def _give_up(row: QueuedTask, given_up: Work | None, words: str) -> None:
    as_seen = QueuedTask.objects.filter(pk=row.pk, state=row.state, attempts=row.attempts)
    if as_seen.update(state=State.DEAD, finished_at=Now(), leased_until=None, last_error=words) and given_up:
        _settle(row, given_up, words)


def _settle(row: QueuedTask, given_up: Work, words: str) -> None:
    try:
        with transaction.atomic():
            given_up(**row.arguments)
    except Exception as error:  # what its owner makes of it does not keep the row from an administrator's sight
        logger.exception("%s %s was given up, which its owner did not take", row.name, row.pk)
        both = f"{words}\nGiving it up failed too: {type(error).__name__}: {error}"
        QueuedTask.objects.filter(pk=row.pk).update(last_error=both[:4000])


def pause(attempts: int) -> timedelta:
    """Give the time to wait after so many attempts: 2, 4, 8 … seconds, at most ten minutes."""
    return timedelta(seconds=min(2 ** min(attempts, 10), LONGEST_PAUSE_SECONDS))
