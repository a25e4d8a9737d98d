"""Work is written down with its cause or not at all."""

import psycopg
import pytest
from django.db import connection, transaction

from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue import enqueue, enqueue_many, handler
from finpulse.kernel.queue.outbox import CHANNEL
from finpulse.kernel.tests.queue.conftest import NAME


@pytest.mark.django_db(transaction=True)
def test_enqueue_refuses_outside_a_transaction():
    with pytest.raises(RuntimeError, match="transaction of its cause"):
        enqueue(NAME, number=1)
    assert not QueuedTask.objects.exists()


@pytest.mark.django_db
def test_enqueue_refuses_a_name_that_no_handler_bears():
    with pytest.raises(KeyError):
        enqueue("tests.nobody", number=1)


def test_a_handler_refuses_a_queue_that_there_is_not():
    with pytest.raises(ValueError, match="there are default"):
        handler("tests.elsewhere", queue="elsewhere")


@pytest.mark.django_db
def test_a_rollback_leaves_nothing():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue(NAME, number=1)
        raise ZeroDivisionError
    assert not QueuedTask.objects.exists()


@pytest.mark.django_db
def test_a_key_is_queued_once():
    enqueue(NAME, key="once", number=1)
    enqueue_many(
        NAME, [("once", {"number": 2}), ("other", {"number": 3}), (None, {"number": 4}), (None, {"number": 5})]
    )
    assert [row.arguments["number"] for row in QueuedTask.objects.order_by("pk")] == [1, 3, 4, 5]


@pytest.mark.django_db(transaction=True)
def test_a_commit_wakes_who_listens_and_a_rollback_does_not():
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}, autocommit=True) as listener:
        listener.execute(f'LISTEN "{CHANNEL}"')
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            enqueue(NAME, number=1)
            raise ZeroDivisionError
        assert not list(listener.notifies(timeout=0.1))
        with transaction.atomic():
            enqueue_many(NAME, [(None, {"number": 1}), (None, {"number": 2})])
        assert len(list(listener.notifies(timeout=5, stop_after=1))) == 1
