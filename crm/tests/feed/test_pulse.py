"""A load that runs is heard of every two seconds, whatever it waits for. Real processes, connected as the web is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from crm.models import Customer, FeedLoad, HoldingParty
from crm.tests.factories import CustomerFactory
from crm.tests.feed.feeds import CUSTOMER, HOLDING, Feed
from crm.tests.feed.test_processes import is_free, start
from tests.services.wait import until

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def waiting(feed: Feed, rows: Any) -> Iterator[Any]:
    """Run a load that waits for rows which somebody else holds, and was heard of since it began."""
    with transaction.atomic():
        assert list(rows.select_for_update())
        process = start(feed)
        try:
            until(lambda: FeedLoad.objects.filter(finished_at=None).exclude(progress={}).exists(), "its pulse", 60)
            yield process
        finally:
            process.kill()
            process.wait()
    until(is_free, "the session of the load to end")


def running() -> FeedLoad:
    """Give the load that runs."""
    return FeedLoad.objects.get(finished_at=None)


def page_of_heidi(load: FeedLoad, people: Any) -> str:
    """Give what the system administrator reads."""
    client = Client()
    client.force_login(people.heidi, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client.get(f"/admin/crm/feedload/{load.pk}/change/").content.decode()


def test_a_load_tells_how_far_it_is_until_it_is_cut_off(feed: Feed, people: Any) -> None:
    numbers = [f"C{number:04}" for number in range(150)]
    CustomerFactory(customer_no=numbers[-1])
    feed.write("customers.csv", [CUSTOMER | {"customer_no": number} for number in numbers])
    feed.write("holdings.csv", [HOLDING | {"customer_no": numbers[0]}])
    feed.write("parties.csv", [{"holding_no": "H1", "customer_no": numbers[0], "role": "OWNER"}])
    feed.manifest(sequence=3)
    with waiting(feed, Customer.objects.filter(customer_no=numbers[-1])):
        first = running()
        assert first.progress["file"] in ("officers.csv", "customers.csv")
        assert 0 < first.progress["bytes"] <= first.progress["of"] < first.progress["whole"]
        assert first.state(timezone.now()) == "RUNNING"
        assert "of all files" in page_of_heidi(first, people)
        until(lambda: running().alive_at > first.alive_at, "the next beat")
    cut = running()
    assert cut.state(cut.alive_at + timedelta(seconds=59)) == "RUNNING"
    assert cut.state(cut.alive_at + timedelta(seconds=61)) == "CUT_OFF"
    Customer.objects.filter(customer_no=numbers[-1]).delete()
    feed.load()
    done = FeedLoad.objects.get()
    assert (done.pk, done.progress, done.state(timezone.now())) == (cut.pk, {}, "DONE")


def test_a_load_is_heard_of_while_it_settles(feed: Feed, people: Any) -> None:
    feed.manifest(sequence=1)
    feed.load()
    feed.write("parties.csv", [{"holding_no": "H1", "customer_no": "C1", "role": "OWNER"}])
    feed.manifest(sequence=2)
    with waiting(feed, HoldingParty.objects.filter(role="AUTHORISED")):
        until(lambda: running().progress == {"settling": True}, "the settling to be told", 60)
        first = running()
        assert "being settled" in page_of_heidi(first, people)
        until(lambda: running().alive_at > first.alive_at, "the next beat")


def test_a_load_whose_session_is_ended_says_so(feed: Feed, people: Any) -> None:
    feed.load()
    feed.write("customers.csv", [CUSTOMER | {"city": "Brno"}, CUSTOMER | {"customer_no": "C2"}])
    with transaction.atomic():
        list(Customer.objects.select_for_update())
        process = start(feed)
        until(lambda: FeedLoad.objects.filter(finished_at=None).exclude(progress={}).exists(), "its pulse", 60)
        end_sessions_that_wait()
        _, complaints = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "The database broke off" in complaints
    stopped = running()
    assert stopped.stopped.startswith("The database broke off")
    assert stopped.state(timezone.now()) == "STOPPED"


def end_sessions_that_wait() -> None:
    """Do what an administrator of the database does to a session that waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        assert cursor.fetchall() == [(True,)]
