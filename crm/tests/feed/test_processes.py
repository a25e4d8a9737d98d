"""Real processes: one is killed in the middle of a load, two load at once. They connect as the web does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm.models import (
    Balance,
    Customer,
    CustomerHistory,
    ExchangeRate,
    FeedLoad,
    Holding,
    HoldingHistory,
    HoldingParty,
    Position,
    Relationship,
)
from crm.tests.factories import CustomerFactory, HoldingFactory, PartyFactory
from crm.tests.feed.feeds import CUSTOMER, HOLDING, Feed, counted
from crm.tests.feed.processes import CHUNK, Hold, Point, is_free, killed_at, start
from crm.tests.feed.state import state
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import OfficerCode, Unit
from finpulse.kernel.models import QueuedTask
from tests.services.wait import until

pytestmark = pytest.mark.django_db(transaction=True)

CUSTOMERS, HELD = CHUNK + 150, f"C{CHUNK + 50:06d}"
CLOSING = ("--close-missing", "--yes")
EVERYTHING = (
    *(Balance, Position, HoldingParty, Relationship, ExchangeRate, Holding, Customer, CustomerHistory, HoldingHistory),
    *(OfficerCode, FeedLoad, AuditEvent),
)
IN_CUSTOMERS = Customer._base_manager.filter(customer_no=HELD)
IN_PARTIES = HoldingParty._base_manager.filter(role="JOINT", holding__holding_no="HOLD1")
IN_CLOSING = Holding._base_manager.filter(holding_no="GONE1")
# The last that a load writes is what is to be worked out of it.
AT_THE_END = QueuedTask


@pytest.fixture
def large_feed(feed: Feed) -> Feed:
    """A feed of every file, with three chunks of customers and a manifest."""
    numbers = [f"C{number:06d}" for number in range(1, CUSTOMERS + 1)]
    kept = {"officer_code": "O1", "city": "Brno", "birth_on": "1980-05-17"}
    feed.write("customers.csv", [CUSTOMER | kept | {"customer_no": no, "national_id": no} for no in numbers])
    held = HOLDING | {"balance_as_of": "2026-11-20"}
    fund = held | {"holding_no": "F1", "customer_no": numbers[0], "kind": "INVESTMENT"}
    old = held | {"holding_no": "HOLD1", "customer_no": HELD, "opened_on": "2020-01-01"}
    rows = [held | {"holding_no": f"H{no}", "customer_no": no} for no in numbers[::2]]
    feed.write("holdings.csv", [*rows, fund, old])
    feed.write("parties.csv", [{"holding_no": "HC000001", "customer_no": "C000002", "role": "JOINT"}])
    feed.write("positions.csv", [{"holding_no": "F1", "isin": "IE00B4L5Y983", "quantity": "12.5"}])
    feed.write("balances.csv", [{"holding_no": "F1", "as_of": "2026-10-31", "balance": "90.00"}])
    feed.write("relationships.csv", [{"customer_no": numbers[0], "related_customer_no": numbers[1], "kind": "SPOUSE"}])
    feed.write("fx_rates.csv", [{"currency": "EUR", "base": "CZK", "rate": "24.52", "as_of": "2026-11-20"}])
    feed.manifest(sequence=3)
    return feed


def begin_anew() -> None:
    """Leave the people; a customer and his holding, whom the feed changes; a holding that it no longer has."""
    for model in EVERYTHING:
        model._base_manager.all().delete()
    for code in ("B1", "HQ"):
        Unit.objects.filter(code=code).delete()
    held = CustomerFactory(customer_no=HELD, given_name="Eva", family_name="Nováková")
    facts: dict[str, Any] = {"customer": held, "opened_on": date(2020, 1, 1), "balance": Decimal(5)}
    PartyFactory(holding=HoldingFactory(holding_no="HOLD1", **facts), customer=held, role="JOINT")
    HoldingFactory(holding_no="GONE1", **facts)


@pytest.mark.parametrize(
    ("points", "customers", "owners"),
    [
        ([IN_CUSTOMERS], CHUNK + 1, 2),
        ([IN_CUSTOMERS, IN_PARTIES], CUSTOMERS, 2),
        ([IN_CUSTOMERS, IN_CLOSING], CUSTOMERS, 3 + CUSTOMERS // 2 - 1),
        ([IN_CUSTOMERS, AT_THE_END], CUSTOMERS, 3 + CUSTOMERS // 2 - 1),
    ],
    ids=["while customers are written", "while parties are settled", "while what vanished is closed", "at the end"],
)
def test_a_load_that_was_killed_and_is_run_again_ends_as_one_undisturbed(
    large_feed: Feed, points: list[Point], customers: int, owners: int
) -> None:
    begin_anew()
    large_feed.load(close_missing=True, yes=True)
    undisturbed = state()
    assert all(undisturbed.values())
    begin_anew()
    killed_at(large_feed, points, *CLOSING)
    assert Customer.objects.count() == customers
    assert HoldingParty.objects.filter(role="OWNER").count() == owners
    assert FeedLoad.objects.get().finished_at is None
    report = large_feed.load(close_missing=True, yes=True)
    assert counted(report, "customers.csv")[3] == 0
    again = state()
    assert {name: again[name] for name in again if again[name] != undisturbed[name]} == {}
    assert large_feed.load().already_loaded
    assert state() == again


def test_a_second_load_is_refused_while_one_runs(large_feed: Feed) -> None:
    begin_anew()
    hold = Hold(IN_CUSTOMERS)
    first = start(large_feed)
    try:
        until(hold.is_waited_for, "the first load to wait", 60)
        second = start(large_feed)
        _, said = second.communicate(timeout=60)
        assert second.returncode == 1
        assert said.strip() == "CommandError: Another load is running. Wait for its end, then run this one."
        assert Customer.objects.count() == CHUNK + 1
    finally:
        first.kill()
        first.communicate()
        hold.let_go()
    until(is_free, "the first load's session to end")


def test_a_load_waits_for_a_row_and_goes_on(large_feed: Feed) -> None:
    begin_anew()
    hold = Hold(IN_CUSTOMERS)
    process = start(large_feed)
    try:
        until(hold.is_waited_for, "the load to wait", 60)
    finally:
        hold.let_go()
    said, complaints = process.communicate(timeout=120)
    assert (process.returncode, complaints) == (0, "")
    assert "Loaded. 0 rows refused." in said
    assert Customer.objects.count() == CUSTOMERS
