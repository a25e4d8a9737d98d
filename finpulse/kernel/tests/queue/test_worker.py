"""A row is run by one worker, until it is done or given up."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue.worker import pause, run_queued
from finpulse.kernel.tests.queue.conftest import LEASE, MOST_ATTEMPTS, ago, fail, put_off

State = QueuedTask.State


def again(row):
    """Let the row be due now."""
    QueuedTask.objects.filter(pk=row.pk).update(available_at=Now())
    return run_queued(row.pk)


@pytest.mark.django_db
def test_a_row_is_run_with_its_ids_and_done(queued, told):
    row = queued(7)
    assert run_queued(row.pk)
    row.refresh_from_db()
    assert (told.runs, row.state, row.attempts, row.leased_until) == ([7], State.DONE, 1, None)
    assert row.finished_at
    assert not run_queued(row.pk)
    assert told.runs == [7]


@pytest.mark.django_db(transaction=True)
def test_workers_that_claim_at_the_same_moment_run_it_once(queued, told):
    rows = [queued(number) for number in range(20)]
    workers, answers = 4, []
    for row in rows:
        barrier = Barrier(workers)

        def claim(pk=row.pk, barrier=barrier):
            connection.ensure_connection()
            barrier.wait()
            answers.append(run_queued(pk))
            connection.close()

        threads = [Thread(target=claim) for _ in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(told.runs) == list(range(20))
    assert answers.count(True) == len(rows)
    assert set(QueuedTask.objects.values_list("state", "attempts")) == {(State.DONE, 1)}


@pytest.mark.django_db
@pytest.mark.parametrize("what", [fail, put_off])
def test_a_failure_waits_longer_each_time_and_keeps_its_reason(queued, told, what):
    told.then = what
    row = queued()
    pauses = []
    for attempt in range(1, MOST_ATTEMPTS):
        assert again(row)
        row.refresh_from_db()
        assert (row.state, row.attempts, row.leased_until) == (State.WAITING, attempt, None)
        pauses.append(row.available_at - timezone.now())
        assert not run_queued(row.pk), "before its time"
    assert pauses[1] > pauses[0] > timedelta(seconds=1)
    assert row.last_error in ("ZeroDivisionError: a fault", "TryAgain: not now")


@pytest.mark.django_db
def test_the_last_failure_gives_it_up_and_says_so_to_its_owner(queued, told):
    told.then = fail
    row = queued(3, attempts=MOST_ATTEMPTS - 1)
    run_queued(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts, told.given_up) == (State.DEAD, MOST_ATTEMPTS, [3])
    assert row.finished_at
    assert not again(row)


@pytest.mark.django_db
def test_a_row_whose_owner_cannot_bear_its_end_is_given_up_all_the_same(queued, told):
    told.then, told.then_given_up = put_off, fail
    row = queued(3, attempts=MOST_ATTEMPTS - 1)
    assert run_queued(row.pk)
    row.refresh_from_db()
    assert (row.state, told.given_up) == (State.DEAD, [3])
    assert row.last_error == "TryAgain: not now\nGiving it up failed too: ZeroDivisionError: a fault"


@pytest.mark.django_db
def test_a_row_whose_workers_all_died_is_given_up(queued, told):
    row = queued(4, attempts=MOST_ATTEMPTS, state=State.RUNNING, leased_until=ago(seconds=1))
    assert not run_queued(row.pk)
    row.refresh_from_db()
    assert (row.state, told.runs, told.given_up) == (State.DEAD, [], [4])
    assert "died" in row.last_error


@pytest.mark.django_db
def test_a_row_is_not_run_before_its_time_nor_while_it_is_leased(queued, told):
    later = queued(available_at=timezone.now() + timedelta(minutes=1))
    leased = queued(state=State.RUNNING, leased_until=timezone.now() + timedelta(seconds=LEASE))
    assert not run_queued(later.pk)
    assert not run_queued(leased.pk)
    assert not run_queued(0)
    assert not told.runs


@pytest.mark.django_db
def test_a_lease_that_ran_out_is_taken_over_and_its_late_end_changes_nothing(queued, told):
    row = queued(1)

    def successor(_number):
        told.then = None
        QueuedTask.objects.filter(pk=row.pk).update(leased_until=ago(seconds=1))
        assert run_queued(row.pk)
        fail(1)

    told.then = successor
    assert run_queued(row.pk)
    row.refresh_from_db()
    assert (told.runs, row.state, row.attempts, row.last_error) == ([1, 1], State.DONE, 2, "")


@pytest.mark.django_db
def test_a_row_of_a_newer_version_is_left_for_a_newer_worker(queued, told):
    row = queued(name="tests.of_tomorrow", state=State.RUNG, leased_until=ago(seconds=-30))
    assert not run_queued(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.RUNG, 0)
    assert row.last_error == "No worker knows the handler tests.of_tomorrow."


@pytest.mark.django_db
def test_a_row_that_no_worker_comes_to_know_is_given_up_in_the_end(queued, told):
    row = queued(name="tests.of_yesterday", state=State.RUNG, leased_until=ago(seconds=-30), rings=6)
    assert not run_queued(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts, row.leased_until) == (State.DEAD, 0, None)
    assert row.last_error == "No worker knows the handler tests.of_yesterday."


def test_a_pause_doubles_up_to_ten_minutes():
    assert [pause(n).total_seconds() for n in (1, 2, 3, 9, 10, 200)] == [2, 4, 8, 512, 600, 600]
