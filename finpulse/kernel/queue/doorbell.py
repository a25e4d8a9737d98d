"""Ringing at the broker: publishing that is confirmed and bounded in time."""

from __future__ import annotations

from typing import Any

from celery import Celery
from kombu import Connection

from finpulse.kernel.broker import TASK, dead_letters, queues
from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue.handlers import handlers

CONFIRMED = {"confirm_publish": True, "read_timeout": 3, "write_timeout": 3}
ANSWERED = {"socket_timeout": 3, "socket_connect_timeout": 2}
# What a run is granted to record its end after it was told to stop.
LAST_WORDS_SECONDS = 2


class Doorbell:
    """One connection to the broker, opened when first needed and again after a failure.

    These timeouts are for publishing only: on a worker's connection they would cut its waiting for messages.
    """

    def __init__(self) -> None:
        self._app = _publisher()
        self._connection: Connection | None = None
        self._producer: Any = None

    def ring(self, row: QueuedTask) -> None:
        """Say that a row waits; returns when the broker has confirmed it.

        :raises kombu.exceptions.OperationalError: when the broker is away or does not answer in time.
        :raises Exception: what else this one message met, as a queue that is full.
        """
        self.open()
        limit, soft = _limits(row)
        self._app.send_task(
            TASK, args=[row.pk], queue=row.queue, producer=self._producer, time_limit=limit, soft_time_limit=soft
        )

    def open(self) -> list[str]:
        """Connect, unless connected, and declare exchanges and queues: a ring needs no worker to have come before.

        Gives the names of the queues declared.

        :raises Exception: when the broker is away, silent, or knows a queue by other arguments.
        """
        if self._producer is not None:
            return []
        self._connection = self._app.connection_for_write()
        channel = self._connection.default_channel
        declared = [*queues(), dead_letters()]
        for queue in declared:
            queue(channel).declare()
        self._producer = self._app.amqp.Producer(self._connection, auto_declare=False)
        return [queue.name for queue in declared]

    def close(self) -> None:
        """Forget the connection."""
        broken, self._connection, self._producer = self._connection, None, None
        if broken is not None:
            broken.release()


def _publisher() -> Celery:
    app = Celery("finpulse-relay", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.task_queues = queues()
    app.conf.task_publish_retry = False
    # Nobody would send them while nothing is to be relayed; a dead connection shows at the next ring.
    app.conf.broker_heartbeat = 0
    over_amqp = str(app.conf.broker_url).startswith("amqp")
    app.conf.broker_transport_options = {**app.conf.broker_transport_options, **(CONFIRMED if over_amqp else ANSWERED)}
    return app


def _limits(row: QueuedTask) -> tuple[int | None, int | None]:
    """Give after how many seconds a run is ended, and is told to end."""
    if row.name not in handlers:
        return None, None
    lease = handlers.get(row.name).lease_seconds
    return lease, max(lease - LAST_WORDS_SECONDS, 1)
