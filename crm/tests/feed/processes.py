"""Real processes of import_bank, held up at a row that somebody else holds: they connect as the web does."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from crm.feed.session import LOCK
from crm.tests.feed.feeds import Feed
from tests.chaos.processes import environment
from tests.services.require import CHECKOUT
from tests.services.wait import until

CHUNK = 100
# What a load can be made to wait for.
Point = QuerySet[Any] | type[Model]


def start(feed: Feed, *arguments: str) -> subprocess.Popen[str]:
    """Start the command on the feed."""
    command = [sys.executable, "manage.py", "import_bank", str(feed.path), "--chunk", str(CHUNK), *arguments]
    variables = environment(broker_url="", email_url="")
    return subprocess.Popen(
        command, cwd=CHECKOUT, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


class Hold:
    """Locks rows, or keeps a table from being written, in a session of its own until it is let go."""

    def __init__(self, what: Point) -> None:
        """Lock them."""
        self._session = connection.copy()
        self._session.set_autocommit(False)
        with self._session.cursor() as cursor:
            if isinstance(what, QuerySet):
                sql, params = what.values("pk").query.sql_with_params()
                cursor.execute(f"{sql} FOR UPDATE", params)
                assert cursor.fetchone()
            else:
                cursor.execute(f"LOCK TABLE {what._meta.db_table} IN SHARE MODE")
            cursor.execute("SELECT pg_backend_pid()")
            (self._pid,) = cursor.fetchone()

    def is_waited_for(self) -> bool:
        """Tell whether another session waits for them."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))", [self._pid])
            return bool(cursor.fetchone()[0])

    def let_go(self) -> None:
        """Give them back."""
        self._session.close()


def killed_at(feed: Feed, points: list[Point], *arguments: str) -> None:
    """Run a load that waits for each of these in turn, and kill it when it waits for the last."""
    hold = Hold(points[0])
    process = start(feed, *arguments)
    try:
        until(hold.is_waited_for, "the load to wait", 60)
        for point in points[1:]:
            before, hold = hold, Hold(point)
            before.let_go()
            until(hold.is_waited_for, "the load to wait further on", 60)
    finally:
        process.kill()
        process.communicate()
        hold.let_go()
    until(is_free, "the killed load's session to end")


def is_free() -> bool:
    """Tell whether no load is running, however it ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted", [LOCK])
        return bool(cursor.fetchone()[0] == 0)
