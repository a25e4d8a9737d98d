"""The database session of a load: one load at a time, and time enough for it. And the process, which reads much."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from crm.feed.refusals import FeedLoadRefused

# "feed", read as a number.
LOCK = int.from_bytes(b"feed", "big")
# The web's limits are for pages. A chunk finds its rows by index, whatever the planner thinks of a disk's seeks, and
# tables are joined as they are written, from the chunk on: where statistics still take the bank's tables to be empty,
# the planner would as soon begin with those.
SETTINGS = {
    "statement_timeout": "0",
    "lock_timeout": "60s",
    "idle_in_transaction_session_timeout": "10min",
    "random_page_cost": "1.1",
    "join_collapse_limit": "1",
}
# Rows come by the thousand and go without cycles: looking for these after every 700 is a fifth of the reading.
_COLLECTED_AFTER = 200_000


@contextmanager
def alone() -> Iterator[None]:
    """Hold the lock of all loads for the block. It is the session's, so it goes with the process however that ends.

    :raises FeedLoadRefused: when another load holds it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise FeedLoadRefused("Another load is running. Wait for its end, then run this one.")
        for name, value in SETTINGS.items():
            cursor.execute(f"SET {name} = '{value}'")
    thresholds = gc.get_threshold()
    gc.set_threshold(_COLLECTED_AFTER, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        if connection.is_usable():
            _leave()


def _leave() -> None:
    with connection.cursor() as cursor:
        for name in SETTINGS:
            cursor.execute(f"RESET {name}")
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
