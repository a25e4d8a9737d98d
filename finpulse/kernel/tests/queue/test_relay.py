"""What waits is rung, once per ring, and what could not be rung waits on."""

import json
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue import relay
from finpulse.kernel.queue.doorbell import LAST_WORDS_SECONDS, Doorbell
from finpulse.kernel.queue.relay import relay_forever, relay_once
from finpulse.kernel.tests.queue.conftest import LEASE
from tests.services.wait import until

State = QueuedTask.State


def rung(valkey):
    """Give the ids that the broker holds, oldest first."""
    return [json.loads(message)["headers"]["argsrepr"] for message in reversed(valkey.messages("default"))]


@pytest.mark.django_db
def test_what_is_due_is_rung_oldest_first_and_marked(queued, bell, valkey):
    second = queued()
    first = queued(available_at=timezone.now() - timedelta(minutes=1))
    later = queued(available_at=timezone.now() + timedelta(minutes=1))
    assert relay_once(bell) is False
    assert rung(valkey) == [f"[{first.pk}]", f"[{second.pk}]"]
    assert set(QueuedTask.objects.filter(state=State.RUNG).values_list("pk", "rings")) == {
        (first.pk, 1),
        (second.pk, 1),
    }
    later.refresh_from_db()
    assert later.state == State.WAITING
    relay_once(bell)
    assert len(rung(valkey)) == 2


@pytest.mark.django_db
def test_a_ring_names_when_its_run_is_to_end(queued, bell, valkey):
    queued()
    relay_once(bell)
    (message,) = valkey.messages("default")
    assert json.loads(message)["headers"]["timelimit"] == [LEASE, LEASE - LAST_WORDS_SECONDS]


@pytest.mark.django_db
def test_each_further_ring_is_trusted_longer(queued, bell):
    rows = [queued(rings=rings) for rings in (0, 1, 6, 9)]
    relay_once(bell)
    now = timezone.now()
    trusted = [QueuedTask.objects.get(pk=row.pk).leased_until - now for row in rows]
    assert [round(span.total_seconds(), -1) for span in trusted] == [30, 60, 1920, 1920]


@pytest.mark.django_db(transaction=True)
def test_relays_beside_each_other_ring_each_row_once(queued, bell, valkey, monkeypatch):
    monkeypatch.setattr(relay, "BATCH", 7)
    rows = [queued(number) for number in range(60)]
    barrier = Barrier(3)

    def work():
        mine = Doorbell()
        barrier.wait()
        while relay_once(mine):
            pass
        mine.close()
        connection.close()

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while relay_once(bell):
        pass
    assert sorted(rung(valkey)) == sorted(f"[{row.pk}]" for row in rows)


@pytest.mark.django_db
def test_no_more_rings_are_out_than_workers_could_follow(queued, bell, valkey, monkeypatch):
    monkeypatch.setattr(relay, "MOST_RUNG", 3)
    rows = [queued() for _ in range(5)]
    relay_once(bell)
    relay_once(bell)
    assert len(rung(valkey)) == 3
    QueuedTask.objects.filter(pk=rows[0].pk).update(state=State.DONE, leased_until=None)
    relay_once(bell)
    assert len(rung(valkey)) == 4


@pytest.mark.django_db
def test_a_broker_that_is_away_leaves_all_waiting_as_they_were(queued, bell, valkey):
    row = queued()
    valkey.stop()
    try:
        with pytest.raises(OperationalError):
            relay_once(bell)
    finally:
        valkey.start()
    row.refresh_from_db()
    assert (row.state, row.rings, row.leased_until) == (State.WAITING, 0, None)
    bell.close()
    relay_once(bell)
    assert rung(valkey) == [f"[{row.pk}]"]


@pytest.mark.django_db
def test_a_worker_that_was_faster_than_a_failed_ring_keeps_its_row(queued):
    row = queued(state=State.RUNNING, attempts=1, rings=1, leased_until=timezone.now() + timedelta(seconds=LEASE))
    row.rings, row.attempts = 0, 0
    relay._put_back([row])
    row.refresh_from_db()
    assert row.state == State.RUNNING


@pytest.mark.django_db(transaction=True)
def test_a_relay_finds_its_way_back_when_the_database_drops_it(queued, bell, valkey):
    stop, pids = [], []

    def work():
        connection.ensure_connection()
        pids.append(connection.connection.info.backend_pid)
        relay_forever(bell, stopped=lambda: bool(stop))
        connection.close()

    thread = Thread(target=work)
    thread.start()
    try:
        first = queued(1)
        until(lambda: f"[{first.pk}]" in rung(valkey), "the first ring")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", pids)
        second = queued(2)
        until(lambda: f"[{second.pk}]" in rung(valkey), "the second ring")
    finally:
        stop.append(True)
        thread.join()
