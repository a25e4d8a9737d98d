"""Carries waiting rows to the broker. Woken by NOTIFY and by the clock; run as many as you like."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from threading import Event
from time import monotonic

import psycopg
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from kombu.exceptions import OperationalError as BrokerAway

from finpulse.kernel.broker import NAMES
from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue.doorbell import Doorbell
from finpulse.kernel.queue.outbox import CHANNEL
from finpulse.kernel.queue.sweeper import Sweeper

logger = logging.getLogger(__name__)
State = QueuedTask.State

BATCH = 200
# No more rings than this are out in one queue: the rows are the queue, and a broker full of them would be rung again
# for each that no worker has come to yet.
MOST_RUNG = 1000
POLL_SECONDS = 1.0
# A ring that brought no worker is taken for lost after this long, doubled with each ring, up to half an hour.
RING_TRUSTED = timedelta(seconds=30)
MOST_DOUBLINGS = 6
# A row that the broker will not take for a reason of its own steps aside, or it would hold up all behind it.
SET_ASIDE = timedelta(seconds=10)


def relay_once(bell: Doorbell) -> bool:
    """Ring for what waits, at most one batch in each queue; tells whether more may wait.

    A row is marked before it is rung: its lock, held while a sick broker dawdles, would hold up its worker.
    What could not be rung waits again; if this process dies before it says so, the sweeper does.

    :raises BrokerAway: when the broker does not answer.
    """
    return max([_relay_queue(bell, name) for name in NAMES]) == BATCH


def _relay_queue(bell: Doorbell, queue: str) -> int:
    rows = _take(queue)
    for position, row in enumerate(rows):
        try:
            bell.ring(row)
        except BrokerAway:
            _put_back(rows[position:])
            raise
        except Exception as error:  # the row's own trouble, whatever it is, is not the others'
            logger.warning("%s %s cannot be rung: %s", row.name, row.pk, error)
            _put_back([row], after=SET_ASIDE)
            bell.close()
    return len(rows)


@transaction.atomic
def _take(queue: str) -> list[QueuedTask]:
    rung = QueuedTask.objects.filter(state=State.RUNG, queue=queue).count()
    waiting = QueuedTask.objects.filter(state=State.WAITING, queue=queue, available_at__lte=Now())
    ordered = waiting.order_by("available_at", "pk").select_for_update(skip_locked=True)
    rows = list(ordered[: min(BATCH, max(MOST_RUNG - rung, 0))])
    for rings, alike in groupby(sorted(rows, key=attrgetter("rings")), key=attrgetter("rings")):
        trusted_until = Now() + RING_TRUSTED * 2 ** min(rings, MOST_DOUBLINGS)
        QueuedTask.objects.filter(pk__in=[row.pk for row in alike]).update(
            state=State.RUNG, rings=F("rings") + 1, leased_until=trusted_until
        )
    return rows


def _put_back(rows: list[QueuedTask], *, after: timedelta = timedelta(0)) -> None:
    # Only what is still as this relay left it: a ring that failed here may yet have reached a worker.
    for row in rows:
        QueuedTask.objects.filter(pk=row.pk, state=State.RUNG, rings=row.rings + 1, attempts=row.attempts).update(
            state=State.WAITING, rings=row.rings, leased_until=None, available_at=Now() + after
        )


def relay_forever(bell: Doorbell, *, stopped: Callable[[], bool]) -> None:
    """Relay and sweep until `stopped()`. A broker or database that is away is waited for, and named once."""
    sweeper, said = Sweeper(), ""
    while not stopped():
        try:
            sweeper.sweep_when_due(monotonic())
            bell.open()
            if not relay_once(bell):
                _wait_for_work()
            said = ""
        except (psycopg.Error, DatabaseError) as error:
            said = _say("The database is away", error, said)
            connection.close()
            _pause(stopped)
        except Exception as error:  # the broker's clients share no root exception
            said = _say("The broker is away", error, said)
            bell.close()
            _pause(stopped)
    bell.close()


def _say(what: str, error: Exception, said: str) -> str:
    words = f"{what}: {type(error).__name__}"
    if words != said:
        logger.warning("%s: %s", what, error)
    return words


def _wait_for_work() -> None:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute(f'LISTEN "{CHANNEL}"')
    for _ in connection.connection.notifies(timeout=POLL_SECONDS, stop_after=1):
        pass


def _pause(stopped: Callable[[], bool]) -> None:
    if not stopped():
        Event().wait(POLL_SECONDS)
