"""Carries waiting rows to the broker with publisher confirms. Woken by NOTIFY and by the clock; run as many as you like."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event
from time import monotonic

import psycopg
from celery import Celery
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue.outbox import CHANNEL
from finpulse.kernel.queue.sweeper import sweep

logger = logging.getLogger(__name__)

BATCH = 200
POLL_SECONDS = 1.0
SWEEP_SECONDS = 5.0
TASK = "finpulse.run_queued"


def relay_app(app: Celery) -> Celery:
    """Give a twin of the app whose publishing is confirmed and bounded in time: a sick broker must not hold the relay."""
    twin = Celery("finpulse-relay", broker=app.conf.broker_url, set_as_current=False)
    twin.conf.update({name: app.conf[name] for name in _SHARED})
    twin.conf.task_publish_retry = False
    options = dict(app.conf.broker_transport_options or {})
    if str(app.conf.broker_url).startswith("amqp"):
        options |= {"confirm_publish": True, "read_timeout": 3, "write_timeout": 3}
    else:
        options |= {"socket_timeout": 3, "socket_connect_timeout": 2}
    twin.conf.broker_transport_options = options
    return twin


_SHARED = (
    "task_queues",
    "task_default_queue",
    "task_default_exchange",
    "task_default_exchange_type",
    "task_default_routing_key",
    "task_create_missing_queues",
    "task_serializer",
    "task_ignore_result",
    "broker_connection_timeout",
)


def relay_once(publisher: Celery) -> int:
    """Publish what waits, at most one batch. Gives how many; a row whose publishing fails stays waiting.

    :raises Exception: what the broker's client raised; rows published before it are kept as rung.
    """
    with transaction.atomic():
        waiting = QueuedTask.objects.filter(state=QueuedTask.State.WAITING, available_at__lte=timezone.now())
        rows = list(waiting.order_by("available_at", "pk").select_for_update(skip_locked=True)[:BATCH])
        rung, failure = _publish(publisher, rows)
        QueuedTask.objects.filter(pk__in=rung).update(state=QueuedTask.State.RUNG, rung_at=timezone.now())
    if failure:
        raise failure
    return len(rung)


def _publish(publisher: Celery, rows: list[QueuedTask]) -> tuple[list[int], Exception | None]:
    rung: list[int] = []
    try:
        for row in rows:
            publisher.send_task(TASK, args=[row.pk], queue=row.queue)
            rung.append(row.pk)
    except Exception as error:  # whatever the broker's client raises, the rows before it were confirmed
        return rung, error
    return rung, None


def relay_forever(publisher: Celery, *, stopped: Callable[[], bool]) -> None:
    """Relay and sweep until `stopped()`. A broker or database that is away is waited for."""
    swept_at = -SWEEP_SECONDS
    while not stopped():
        try:
            if monotonic() - swept_at >= SWEEP_SECONDS:
                swept_at = monotonic()
                sweep()
            if relay_once(publisher) < BATCH:
                _wait()
        except (psycopg.Error, OperationalError) as error:
            logger.warning("The database is away: %s", error)
            connection.close()
            _pause(stopped)
        except Exception as error:  # the broker's clients share no root exception
            logger.warning("The broker is away, %s rows wait: %s", _waiting(), error)
            publisher.pool.force_close_all()
            _pause(stopped)


def _wait() -> None:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute(f'LISTEN "{CHANNEL}"')
    for _ in connection.connection.notifies(timeout=POLL_SECONDS, stop_after=1):
        pass


def _pause(stopped: Callable[[], bool]) -> None:
    if not stopped():
        Event().wait(POLL_SECONDS)


def _waiting() -> int:
    return QueuedTask.objects.filter(state=QueuedTask.State.WAITING).count()
