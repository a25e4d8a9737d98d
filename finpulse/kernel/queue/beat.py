"""The clock: ticks each minute, from one of however many beats run."""

from __future__ import annotations

import logging
import zlib
from typing import Any

from django.db import Error, connection
from django_celery_beat.schedulers import DatabaseScheduler

logger = logging.getLogger(__name__)

LOCK = zlib.crc32(b"finpulse beat")
RETRY_SECONDS = 5.0
# A beat whose machine vanished loses the lock within a minute, not after the two hours of the system's default.
KEEPALIVE = "SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3"


class SingleScheduler(DatabaseScheduler):  # type: ignore[misc]
    """Ticks only while its database session holds the beat's advisory lock, so that two beats tick once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._turn = Turn(LOCK)
        super().__init__(*args, **kwargs)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Tick when this beat is the one; else ask again in some seconds. Gives the seconds until the next call."""
        if not self._turn.is_ours():
            return RETRY_SECONDS
        seconds: float = super().tick(*args, **kwargs)
        return seconds

    def close(self) -> None:
        """Give the turn to another beat at once."""
        super().close()
        self._turn.leave()


class Turn:
    """An advisory lock on a session of its own: Django may close its connection between ticks, and the lock with it."""

    def __init__(self, key: int) -> None:
        self._key = key
        self._session: Any = None

    def is_ours(self) -> bool:
        """Tell whether this process holds the lock, taking it when it is free. A lost session is a lost lock."""
        try:
            return self._take() if self._session is None else self._is_alive()
        except Error as error:
            logger.warning("The beat has no database: %s", error)
            self.leave()
            return False

    def leave(self) -> None:
        """Let go."""
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def _take(self) -> bool:
        self._session = connection.copy()
        with self._session.cursor() as cursor:
            cursor.execute(KEEPALIVE)
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [self._key])
            taken: bool = cursor.fetchone()[0]
        if not taken:
            self.leave()
        return taken

    def _is_alive(self) -> bool:
        with self._session.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
