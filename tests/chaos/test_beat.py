"""Two clocks tick once, and the second goes on when the first is killed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from time import monotonic
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone
from django_celery_beat.models import PeriodicTask, PeriodicTasks

from finpulse.kernel.queue.beat import LOCK
from tests.chaos.processes import Processes, environment
from tests.services.valkey import valkey_node
from tests.services.wait import until


@pytest.fixture
def clocks(bank: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """A broker without a worker, so that every tick lies there to be counted."""
    with valkey_node(tmp_path_factory.mktemp("ticks")) as broker:
        processes = Processes(environment(broker_url=broker.url, email_url="smtp://127.0.0.1:9"), broker.folder)
        try:
            yield SimpleNamespace(broker=broker, processes=processes)
        finally:
            processes.end()


def is_held():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = database"
            " WHERE datname = current_database() AND locktype = 'advisory' AND objid = %s AND granted)",
            [LOCK],
        )
        return cursor.fetchone()[0]


def let_be_due():
    PeriodicTask.objects.filter(name="scan alerts").update(last_run_at=timezone.now() - timedelta(minutes=2))
    PeriodicTasks.update_changed()


def test_two_clocks_tick_once_and_the_second_goes_on_when_the_first_is_killed(clocks, say_plainly):
    first = clocks.processes.beat()
    until(is_held, "the first clock has the turn")
    second = clocks.processes.beat()
    until(lambda: PeriodicTask.objects.filter(name="scan alerts").exists(), "the schedule is written")
    ticks = lambda: len(clocks.broker.messages("default"))  # noqa: E731
    let_be_due()
    until(lambda: ticks() == 1, "the first tick", 30)
    clocks.processes.kill(first)
    killed = monotonic()
    let_be_due()
    until(lambda: ticks() > 1, "the second clock's tick", 30)
    say_plainly(f"a second clock ticked {monotonic() - killed:.1f} s after the first was killed")
    assert ticks() == 2
    assert second.poll() is None
