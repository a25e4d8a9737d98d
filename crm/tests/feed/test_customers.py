"""What of a customer is the core's word and what is FinPulse's."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection

from crm.models import Customer, FeedLoad
from crm.services import customer_edit
from crm.tests.feed.feeds import CUSTOMER, Feed, counted
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import OfficerCode, User

MANAGER_SET = "crm.customer.manager_set"
OF_ALICE = CUSTOMER | {"officer_code": "O1"}
OFFICERS = [{"officer_code": "O1", "username": "alice"}, {"officer_code": "O2", "username": "bob"}]


def customer(number: str = "C1") -> Customer:
    """Give one of the feed's customers."""
    return Customer.objects.get(customer_no=number)


def test_names_to_order_and_search_by_are_worked_out(feed: Feed) -> None:
    feed.load()
    assert (customer().name, customer().sort_name) == ("Eva Nováková", "novakova eva")
    assert customer().search_text == "novakova eva | c1 | 420602118204"
    assert customer("C2").sort_name == "pekarna s.r.o."


def test_a_customer_without_a_name_goes_by_his_number(make_feed: Callable[..., Feed]) -> None:
    make_feed(customers=[CUSTOMER, CUSTOMER | {"customer_no": "C2"}]).load()
    assert (customer().name, customer().sort_name, customer().search_text) == ("C1", "c1", "c1")


def test_an_address_on_several_lines_is_one_row_and_one_line(feed: Feed) -> None:
    feed.write("customers.csv", [CUSTOMER | {"address": 'Dlouhá 1,\n"U Dvora"'}, CUSTOMER | {"customer_no": "C2"}])
    report = feed.load()
    assert counted(report, "customers.csv") == (2, 0, 0, 0)
    assert customer().address == 'Dlouhá 1, "U Dvora"'


def test_what_was_edited_here_is_kept_and_the_difference_told(feed: Feed, people: SimpleNamespace) -> None:
    feed.load()
    customer_edit(customer_id=customer().pk, changes={"phone": "+420777000111", "city": "Brno"}, actor=people.alice)
    edited = customer()
    assert feed.load().kept_edits.examples == ["C1 phone"]  # the file has no city
    assert customer().updated_at == edited.updated_at
    feed.write("customers.csv", [CUSTOMER | {"given_name": "Ema", "phone": "+420602118204", "city": "Brno"}])
    report = feed.load()
    assert (report.kept_edits.count, report.kept_edits.examples) == (1, ["C1 phone"])
    assert (customer().given_name, customer().phone, customer().city) == ("Ema", "+420777000111", "Brno")
    assert customer().edited_here == ["city", "phone"]
    assert "420777000111" in customer().search_text
    assert "420602118204" not in customer().search_text


def test_the_feeds_officer_manages_a_customer_who_is_new(feed: Feed, people: SimpleNamespace) -> None:
    report = feed.load()
    assert customer().manager == people.alice
    assert customer("C2").manager is None
    event = AuditEvent.objects.get(verb=MANAGER_SET)
    assert (event.subject_type, event.subject_id, event.actor) == ("crm.customer", customer().pk, None)
    load = FeedLoad.objects.get()
    assert event.detail == {"manager": people.alice.pk, "officer_code": "O1", "feed_load": load.pk}
    assert report.other_managers.count == 0


def test_a_manager_set_here_stays_and_the_difference_is_told(make_feed: Callable[..., Feed], people: object) -> None:
    feed = make_feed(officers=OFFICERS, customers=[OF_ALICE, OF_ALICE | {"customer_no": "C2"}])
    feed.load()
    feed.write("customers.csv", [OF_ALICE | {"officer_code": "O2"}, OF_ALICE | {"customer_no": "C2"}])
    report = feed.load()
    assert (report.other_managers.count, report.other_managers.examples) == (1, ["C1"])
    assert customer().manager.username == "alice"
    assert counted(report, "customers.csv") == (0, 0, 2, 0)
    assert AuditEvent.objects.filter(verb=MANAGER_SET).count() == 2


def test_an_unknown_officer_leaves_his_customers_in_their_units_pool(make_feed: Callable[..., Feed]) -> None:
    officers = [*OFFICERS, {"officer_code": "O3", "username": "zoe"}]
    feed = make_feed(officers=officers, customers=[OF_ALICE | {"officer_code": "O3"}, OF_ALICE | {"customer_no": "C2"}])
    report = feed.load()
    reason = "No user “zoe” is known here: customers of this officer stay unassigned."
    assert [(error.file, error.line, error.column, error.reason) for error in report.errors] == [
        ("officers.csv", 4, "username", reason)
    ]
    assert report.unknown_officers == {"O3": 1}
    assert (customer().manager, customer().unit.code) == (None, "B1")


def test_an_officer_who_left_gets_no_new_customers(feed: Feed) -> None:
    User.objects.filter(username="alice").update(is_active=False)
    assert feed.load().unknown_officers == {"O1": 1}
    assert customer().manager is None


def test_an_officers_code_moves_to_another_user_with_an_event(feed: Feed, people: SimpleNamespace) -> None:
    feed.load()
    feed.write("officers.csv", [{"officer_code": "O1", "username": "bob"}])
    assert counted(feed.load(), "officers.csv") == (0, 1, 0, 0)
    assert OfficerCode.objects.get(code="O1").user == people.bob
    event = AuditEvent.objects.filter(verb="identity.officer_code.set").latest("pk")
    assert event.detail == {"user": people.bob.pk, "before": people.alice.pk}


def identifiers(number: str) -> tuple[str, str]:
    """Read an identifier's columns as the database holds them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT national_id, national_id_index FROM crm_customer WHERE customer_no = %s", [number])
        row: tuple[str, str] = cursor.fetchone()
    return row


@pytest.fixture
def twins(make_feed: Callable[..., Feed]) -> tuple[Feed, list[dict[str, str]]]:
    """A feed, loaded, of two customers with one national id."""
    same = [CUSTOMER | {"customer_no": number, "national_id": "805917/1234"} for number in ("C1", "C2")]
    feed = make_feed(customers=same)
    feed.load()
    return feed, same


def national_id(number: str) -> str:
    """Open an identifier."""
    return Customer._meta.get_field("national_id").reveal(customer(number))


def test_identifiers_are_encrypted_for_their_row_and_indexed_alike(twins: tuple[Feed, list[dict[str, str]]]) -> None:
    (first, index), (second, other_index) = identifiers("C1"), identifiers("C2")
    assert first.startswith("v1|")
    assert "805917" not in first
    assert first != second
    assert index == other_index
    assert national_id("C1") == national_id("C2") == "805917/1234"


def test_identifiers_are_left_as_they_are_when_equal(twins: tuple[Feed, list[dict[str, str]]]) -> None:
    feed, same = twins
    before = identifiers("C1")
    feed.write("customers.csv", [same[0] | {"national_id": "8059171234", "city": "Brno"}, same[1]])
    assert counted(feed.load(), "customers.csv") == (0, 1, 1, 0)
    assert identifiers("C1") == before


def test_identifiers_follow_the_feed_when_they_change_or_go(twins: tuple[Feed, list[dict[str, str]]]) -> None:
    feed, same = twins
    feed.write("customers.csv", [same[0] | {"national_id": "900101/0001"}, same[1] | {"national_id": ""}])
    assert counted(feed.load(), "customers.csv") == (0, 2, 0, 0)
    assert national_id("C1") == "900101/0001"
    assert identifiers("C2") == ("", "")


def test_nothing_personal_is_kept_of_a_refused_row(feed: Feed) -> None:
    personal = {"birth_on": "1.2.1980", "national_id": "?", "email": "eva.novakova", "phone": "777123456"}
    rows = [CUSTOMER | {"customer_no": f"C{n}", name: cell} for n, (name, cell) in enumerate(personal.items(), 10)]
    feed.write("customers.csv", rows)
    feed.load()
    kept = str(FeedLoad.objects.get().report)
    assert not [cell for cell in personal.values() if cell in kept]


def test_a_customer_known_from_another_source_keeps_it(feed: Feed) -> None:
    feed.manifest(source="core")
    feed.load()
    feed.manifest(source="cards")
    feed.write("customers.csv", [CUSTOMER | {"city": "Brno"}, {"customer_no": "C2", "kind": "ORGANISATION"}])
    feed.load()
    assert (customer().source, customer().city) == ("core", "Brno")
