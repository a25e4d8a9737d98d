"""Real processes: one is killed in the middle of a load, two load at once. They connect as the web does."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from crm.feed.session import LOCK
from crm.models import Customer, FeedLoad, Holding, HoldingParty
from crm.tests.factories import CustomerFactory
from crm.tests.feed.feeds import CUSTOMER, HOLDING, Feed, counted
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import OfficerCode, Unit
from tests.chaos.processes import environment
from tests.services.require import CHECKOUT
from tests.services.wait import until

pytestmark = pytest.mark.django_db(transaction=True)

CHUNK = 100
CUSTOMERS, HELD = CHUNK + 150, f"C{CHUNK + 50:06d}"
OWN_TO_EACH_RUN = ("id", "uid", "created_at", "updated_at", "national_id", "unit_id", "manager_id")


@pytest.fixture
def large_feed(feed: Feed) -> Feed:
    """A feed of three chunks of customers, with a manifest."""
    numbers = [f"C{number:06d}" for number in range(1, CUSTOMERS + 1)]
    kept = {"officer_code": "O1", "city": "Brno"}
    feed.write("customers.csv", [CUSTOMER | kept | {"customer_no": no, "national_id": no} for no in numbers])
    feed.write("holdings.csv", [HOLDING | {"holding_no": f"H{no}", "customer_no": no} for no in numbers[::20]])
    feed.write("parties.csv", [{"holding_no": "HC000001", "customer_no": "C000002", "role": "JOINT"}])
    feed.manifest(sequence=3)
    return feed


def start(feed: Feed) -> subprocess.Popen[str]:
    """Start the command on the feed."""
    command = [sys.executable, "manage.py", "import_bank", str(feed.path), "--chunk", str(CHUNK)]
    variables = environment(broker_url="", email_url="")
    return subprocess.Popen(
        command, cwd=CHECKOUT, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@contextmanager
def held_up(feed: Feed) -> Iterator[subprocess.Popen[str]]:
    """Run a load that has written its first chunk and waits in the second for a row that somebody else holds."""
    with transaction.atomic():
        Customer.objects.select_for_update().get(customer_no=HELD)
        process = start(feed)
        try:
            until(lambda: Customer.objects.count() > CHUNK, "the first chunk", 60)
            yield process
        finally:
            process.kill()


def is_free() -> bool:
    """Tell whether no load is running, however it ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted", [LOCK])
        return bool(cursor.fetchone()[0] == 0)


def state() -> dict[str, Any]:
    """Give all that a load leaves behind, but for keys, moments and nonces."""
    customers = [
        {name: value for name, value in row.items() if name not in OWN_TO_EACH_RUN}
        | {"opened": Customer._meta.get_field("national_id").reveal(Customer.objects.get(pk=row["id"]))}
        for row in Customer.objects.order_by("customer_no").values()
    ]
    return {
        "count": Customer.objects.count(),
        "managers": Counter(Customer.objects.values_list("manager__username", "unit__code", "city")),
        "customers": customers,
        "holdings": set(Holding.objects.values_list("holding_no", "customer__customer_no", "balance")),
        "parties": set(HoldingParty.objects.values_list("holding__holding_no", "customer__customer_no", "role")),
        "units": set(Unit.objects.values_list("code", "name", "parent__code")),
        "officers": set(OfficerCode.objects.values_list("code", "user__username")),
        "loads": [(load.sequence, load.finished_at is not None) for load in FeedLoad.objects.all()],
        "events": Counter(AuditEvent.objects.values_list("verb", flat=True)),
    }


def begin_anew() -> None:
    """Leave the people and one customer, who is in the way of the second chunk."""
    for model in (HoldingParty, Holding, Customer, OfficerCode, FeedLoad, AuditEvent):
        model._base_manager.all().delete()
    Unit.objects.filter(code="B1").delete()
    Unit.objects.filter(code="HQ").delete()
    CustomerFactory(customer_no=HELD, given_name="Eva", family_name="Nováková")


def test_a_load_that_was_killed_and_is_run_again_ends_as_one_undisturbed(large_feed: Feed) -> None:
    begin_anew()
    large_feed.load()
    undisturbed = state()
    begin_anew()
    with held_up(large_feed) as process:
        process.kill()
        process.wait()
        assert Customer.objects.count() == CHUNK + 1
        assert FeedLoad.objects.get().finished_at is None
    until(is_free, "the killed load's session to end")
    report = large_feed.load()
    assert counted(report, "customers.csv") == (CUSTOMERS - CHUNK - 1, 1, CHUNK, 0)
    assert state() == undisturbed


def test_a_second_load_is_refused_while_one_runs(large_feed: Feed) -> None:
    begin_anew()
    with held_up(large_feed):
        second = start(large_feed)
        _, said = second.communicate(timeout=60)
        assert second.returncode == 1
        assert said.strip() == "CommandError: Another load is running. Wait for its end, then run this one."
        assert Customer.objects.count() == CHUNK + 1
    until(is_free, "the first load's session to end")


def test_a_load_waits_for_a_row_and_goes_on(large_feed: Feed) -> None:
    begin_anew()
    with transaction.atomic():
        Customer.objects.select_for_update().get(customer_no=HELD)
        process = start(large_feed)
        until(lambda: Customer.objects.count() > CHUNK, "the first chunk", 60)
    said, complaints = process.communicate(timeout=120)
    assert (process.returncode, complaints) == (0, "")
    assert "Loaded. 0 rows refused." in said
    assert Customer.objects.count() == CUSTOMERS
