"""Writing work down, in the transaction of its cause."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models.functions import Now

from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue.handlers import handlers

CHANNEL = "finpulse_queue"


def enqueue(name: str, *, key: str | None = None, available_at: datetime | None = None, **ids: int) -> None:
    """Write one queued task. With a key, the second time does nothing while the first row is kept (`sweeper.KEPT`).

    :raises KeyError: when no handler bears the name.
    :raises RuntimeError: outside a transaction, where cause and task could part.
    """
    enqueue_many(name, [(key, ids)], available_at=available_at)


def enqueue_many(
    name: str, tasks: Iterable[tuple[str | None, dict[str, int]]], *, available_at: datetime | None = None
) -> None:
    """Write one queued task per (key, ids), in one statement per thousand; see `enqueue`."""
    if not connection.in_atomic_block:
        raise RuntimeError(f"{name} must be queued in the transaction of its cause.")
    queue = handlers.get(name).queue
    # The database's clock, which every process shares, unless the caller means a moment of his own.
    when = available_at or Now()
    rows = [QueuedTask(name=name, key=key, arguments=ids, queue=queue, available_at=when) for key, ids in tasks]
    QueuedTask.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    wake_relays()


def wake_relays() -> None:
    """Tell the relays that something waits: PostgreSQL does so at the commit, and folds equal calls into one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
