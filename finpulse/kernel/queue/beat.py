"""The clock: ticks each minute, from one of however many beats run."""

from __future__ import annotations

import zlib
from typing import Any

from django.db import connection
from django_celery_beat.schedulers import DatabaseScheduler

LOCK = zlib.crc32(b"finpulse beat")
RETRY_SECONDS = 5.0


class SingleScheduler(DatabaseScheduler):  # type: ignore[misc]
    """Ticks only while its database session holds the beat's advisory lock, so that two beats tick once."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Tick when this beat is the one; else ask again in some seconds."""
        if not _holds_lock():
            return RETRY_SECONDS
        seconds: float = super().tick(*args, **kwargs)
        return seconds


_lock_session: Any = None


def _holds_lock() -> bool:
    # A session of its own: Django may close its connection between ticks, and the lock would go with it.
    global _lock_session
    try:
        if _lock_session is None:
            _lock_session = connection.copy()
            with _lock_session.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
                if not cursor.fetchone()[0]:
                    _forget_session()
                    return False
        with _lock_session.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # a lost session is a lost lock, whatever ended it
        _forget_session()
        return False
    return True


def _forget_session() -> None:
    global _lock_session
    if _lock_session is not None:
        _lock_session.close()
        _lock_session = None


