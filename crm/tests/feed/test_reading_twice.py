"""Read twice, a feed changes nothing the second time; what differs changes and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crm.models import Customer, Holding, HoldingParty
from crm.tests.feed.feeds import CUSTOMER, HOLDING, Feed, counted
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import OfficerCode, Unit

EVERYTHING = (Unit, OfficerCode, Customer, Holding, HoldingParty)
WITH_IDENTIFIERS = [CUSTOMER | {"national_id": "805917/1234", "tax_id": "CZ8059171234", "given_name": "Eva"}]


def everything() -> dict[str, list[dict[str, Any]]]:
    """Give every row of every table that a feed writes."""
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in EVERYTHING}


def test_the_second_time_changes_no_row_and_counts_all_as_unchanged(make_feed: Callable[..., Feed]) -> None:
    feed = make_feed(customers=[*WITH_IDENTIFIERS, {"customer_no": "C2", "kind": "ORGANISATION"}])
    feed.load()
    before = everything()
    report = feed.load()
    assert everything() == before
    assert {name: counted(report, name) for name in report.files} == {
        "units.csv": (0, 0, 2, 0),
        "officers.csv": (0, 0, 1, 0),
        "customers.csv": (0, 0, 2, 0),
        "holdings.csv": (0, 0, 2, 0),
        "parties.csv": (0, 0, 2, 0),
        "owners": (0, 0, 0, 0),
        "balances of holdings": (0, 0, 0, 0),
    }


def test_only_rows_that_differ_are_written(feed: Feed) -> None:
    feed.load()
    before = {customer.customer_no: customer for customer in Customer.objects.all()}
    unchanged = {"customer_no": "C2", "kind": "ORGANISATION", "unit_code": "B1"}
    feed.write("customers.csv", [CUSTOMER | {"city": "Brno"}, unchanged])
    report = feed.load()
    assert counted(report, "customers.csv") == (0, 1, 1, 0)
    after = {customer.customer_no: customer for customer in Customer.objects.all()}
    assert after["C1"].city == "Brno"
    assert after["C1"].updated_at > before["C1"].updated_at
    assert after["C1"].created_at == before["C1"].created_at
    assert after["C2"].updated_at == before["C2"].updated_at


def test_a_column_that_the_file_has_not_stays_and_an_empty_cell_empties(feed: Feed) -> None:
    feed.load()
    feed.write("customers.csv", [CUSTOMER | {"phone": ""}])
    feed.load()
    customer = Customer.objects.get(customer_no="C1")
    assert (customer.given_name, customer.family_name, customer.phone) == ("Eva", "Nováková", "")
    assert customer.search_text == "novakova eva | c1"


def test_an_empty_cell_leaves_a_state_as_it_was_and_gives_a_new_row_the_usual_one(feed: Feed) -> None:
    feed.write("customers.csv", [CUSTOMER | {"status": "DORMANT", "restricted": "true"}])
    feed.load()
    empty = {"status": "", "restricted": "", "kyc_status": ""}
    feed.write("customers.csv", [CUSTOMER | empty, CUSTOMER | empty | {"customer_no": "C2"}])
    feed.load()
    states = Customer.objects.values_list("customer_no", "status", "restricted", "kyc_status")
    assert set(states) == {("C1", "DORMANT", True, "PENDING"), ("C2", "ACTIVE", False, "PENDING")}


def test_an_unknown_balance_is_unknown_and_not_zero(feed: Feed) -> None:
    feed.write("holdings.csv", [HOLDING | {"balance": ""}, HOLDING | {"holding_no": "H2", "balance": "0.00"}])
    feed.load()
    assert dict(Holding.objects.values_list("holding_no", "balance")) == {"H1": None, "H2": 0}


def test_a_dry_run_writes_nothing_and_reports_what_a_load_then_does(feed: Feed) -> None:
    feed.append("customers.csv", b"C9,ROBOT,CZ,CZK,B1,,,,,\n")
    events = AuditEvent.objects.count()
    dry = feed.load(dry_run=True)
    assert not any(everything()[model.__name__] for model in (OfficerCode, Customer, Holding, HoldingParty))
    assert AuditEvent.objects.count() == events
    loaded = feed.load()
    assert dry.counts() == loaded.counts()
    assert dry.errors == loaded.errors
    feed.write("customers.csv", [CUSTOMER | {"city": "Brno"}, CUSTOMER | {"customer_no": "C3"}])
    feed.write("holdings.csv", [HOLDING | {"customer_no": "C3"}, HOLDING | {"holding_no": "H3"}])
    feed.write("parties.csv", [{"holding_no": "H3", "customer_no": "C3", "role": "JOINT"}])
    before = everything()
    dry = feed.load(dry_run=True)
    assert everything() == before
    assert dry.counts() == feed.load().counts()
