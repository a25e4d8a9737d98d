"""Rings and workers that were lost are made up for; what is old and done goes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue import sweeper
from finpulse.kernel.queue.sweeper import Sweeper, prune, sweep
from finpulse.kernel.tests.queue.conftest import ago

State = QueuedTask.State
pytestmark = pytest.mark.django_db


def test_a_lost_ring_and_a_dead_worker_let_the_row_wait_again(queued):
    lost = queued(state=State.RUNG, rings=2, leased_until=ago(seconds=1))
    dead = queued(state=State.RUNNING, attempts=1, leased_until=ago(seconds=1))
    assert sweep() == 2
    for row in (lost, dead):
        row.refresh_from_db()
        assert (row.state, row.leased_until) == (State.WAITING, None)
        assert row.available_at <= timezone.now()
    assert (lost.rings, dead.attempts) == (2, 1)


def test_what_is_out_in_time_done_or_dead_is_left_alone(queued):
    soon = timezone.now() + timedelta(seconds=5)
    for changes in ({"state": State.RUNG, "leased_until": soon}, {"state": State.RUNNING, "leased_until": soon},
                    {"state": State.DONE}, {"state": State.DEAD}, {}):  # fmt: skip
        queued(**changes)
    assert sweep() == 0


def test_what_was_done_a_month_ago_goes_and_what_was_given_up_stays(queued):
    kept = [queued(state=State.DONE, finished_at=ago(days=29)), queued(state=State.DEAD, finished_at=ago(days=90))]
    queued(state=State.DONE, finished_at=ago(days=31))
    assert prune() == 1
    assert list(QueuedTask.objects.order_by("pk")) == kept


def test_a_sweeper_sweeps_each_two_seconds_of_its_clock(queued):
    clock = Sweeper()
    clock.sweep_when_due(0)
    row = queued(state=State.RUNG, leased_until=ago(seconds=1))
    clock.sweep_when_due(sweeper.SWEEP_SECONDS - 0.1)
    row.refresh_from_db()
    assert row.state == State.RUNG
    clock.sweep_when_due(sweeper.SWEEP_SECONDS)
    row.refresh_from_db()
    assert row.state == State.WAITING


def test_a_sweeper_prunes_each_hour_and_goes_on_while_there_is_more(queued):
    clock = Sweeper()
    clock.sweep_when_due(0)
    QueuedTask.objects.bulk_create(
        QueuedTask(name="tests.old", state=State.DONE, finished_at=timezone.now() - timedelta(days=31))
        for _ in range(sweeper.BATCH + 1)
    )
    clock.sweep_when_due(sweeper.PRUNE_SECONDS - 1)
    assert QueuedTask.objects.count() == sweeper.BATCH + 1
    clock.sweep_when_due(sweeper.PRUNE_SECONDS)
    assert QueuedTask.objects.count() == 1
    clock.sweep_when_due(sweeper.PRUNE_SECONDS + sweeper.SWEEP_SECONDS)
    assert not QueuedTask.objects.exists()
