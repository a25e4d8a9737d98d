"""Of any number of clocks one ticks."""

import pytest
from django.db import connection

from finpulse.celery import app
from finpulse.kernel.queue.beat import LOCK, RETRY_SECONDS, SingleScheduler, Turn

KEY = 4711
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def turns():
    pair = Turn(KEY), Turn(KEY)
    yield pair
    for turn in pair:
        turn.leave()


def test_one_has_the_turn_until_it_leaves(turns):
    first, second = turns
    assert first.is_ours()
    assert first.is_ours()
    assert not second.is_ours()
    first.leave()
    assert second.is_ours()
    assert not first.is_ours()


def test_a_lost_session_is_a_lost_turn_and_may_be_had_again(turns):
    first, second = turns
    assert first.is_ours()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s", [KEY]
        )
    assert not first.is_ours()
    assert second.is_ours()


def test_a_clock_ticks_in_its_turn_only_and_leaves_it_when_it_ends():
    other = Turn(LOCK)
    clock = SingleScheduler(app=app)
    try:
        assert other.is_ours()
        assert clock.tick() == RETRY_SECONDS
        other.leave()
        assert clock.tick() <= clock.max_interval
        assert not other.is_ours()
        clock.close()
        assert other.is_ours()
    finally:
        other.leave()
        clock.close()


def test_every_tick_finds_its_task() -> None:
    app.loader.import_default_modules()
    assert {tick["task"] for tick in app.conf.beat_schedule.values()} <= set(app.tasks)
