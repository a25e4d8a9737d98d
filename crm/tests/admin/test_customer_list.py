"""The list: search, counts and a flat number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.models import Customer
from crm.names import write_names
from crm.tests.factories import CustomerFactory, HoldingFactory
from finpulse.identity.services import unit_place
from finpulse.kernel.encryption import blind_index

LIST = "/admin/crm/customer/"


@pytest.fixture
def alice(client, people):
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client


def queries(client, url):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.parametrize("url", [LIST, "/api/v1/customers/", "/api/v1/holdings/", "/admin/crm/holding/", "/admin/"])
def test_a_list_costs_the_same_for_few_rows_and_for_many(alice, people, url):
    for _ in range(2):
        HoldingFactory(customer=CustomerFactory(manager=people.alice))
    alice.get(url)
    few = queries(alice, url)
    for _ in range(48):
        HoldingFactory(customer=CustomerFactory(manager=people.alice))
    assert queries(alice, url) == few


@pytest.mark.parametrize(
    "text",
    [
        "novakova",
        "NOVÁKOVÁ eliška",
        "eli",
        "no",
        "T990417",
        "602 118 204",
        "+420602118204",
        "eliska@",
        "790314/4417",
        "TH990001",
    ],
)
def test_search_finds_by_what_people_remember(alice, people, text):
    eliska = CustomerFactory(
        customer_no="T990417", manager=people.alice, given_name="Eliška", family_name="Nováková",
        phone="+420602118204", email="eliska@example.org",
        national_id_index=blind_index("7903144417", column="crm_customer.national_id"),
    )  # fmt: skip
    HoldingFactory(customer=eliska, holding_no="TH990001")
    CustomerFactory(manager=people.alice, family_name="Dvořák", phone="+420700000001")
    body = alice.get(LIST, {"q": text}).content.decode()
    assert "Eliška Nováková" in body
    assert "Dvořák" not in body


def test_search_never_reaches_out_of_scope_by_a_key(alice, people):
    stranger = CustomerFactory(manager=people.bob, family_name="Strangermarker")
    HoldingFactory(customer=stranger, holding_no="TH990002")
    assert "Strangermarker" not in alice.get(LIST, {"q": "TH990002"}).content.decode()


def test_a_hostile_name_is_text(alice, people):
    CustomerFactory(manager=people.alice, family_name='<script>alert("x")</script>')
    body = alice.get(LIST).content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert" in body


def test_names_sort_without_accents_and_fall_back_to_the_number():
    nameless = Customer(customer_no="C000001", kind="PERSON")
    write_names(nameless)
    assert (nameless.name, nameless.sort_name) == ("C000001", "c000001")
    polish = Customer(customer_no="C2", kind="PERSON", given_name="Łukasz", family_name="Żółć")
    write_names(polish)
    assert polish.sort_name == "zolc lukasz"


@pytest.mark.parametrize("value", ["{south}", "999999", "abc"])
def test_a_list_led_to_a_unit_that_is_not_seen_is_empty_and_no_fault(client, people, bank, units, value):
    # Dana's scope is walked unit by unit.
    unit_place(code="DESK", name="Desk", kind="DESK", parent=units["NORTH"], actor=None)
    for user in (people.dana, people.alice, people.erin):
        client.force_login(user, backend="finpulse.identity.backends.RoleAndScopeBackend")
        for page in (f"?unit={value.format(south=units['SOUTH'].pk)}", f"?manager={value.format(south='x')}"):
            answer = client.get(f"/admin/crm/customer/{page}&q=marker")
            assert answer.status_code == 200, (user, page)
            if user != people.erin:
                assert "Otherunitmarker" not in answer.content.decode()


@pytest.mark.parametrize(("username", "offered"), [("dana", True), ("erin", True), ("alice", False), ("frank", False)])
def test_the_pool_is_offered_to_who_assigns_from_it(client, people, bank, username, offered):
    client.force_login(getattr(people, username), backend="finpulse.identity.backends.RoleAndScopeBackend")
    assert ('href="?manager=none">Unassigned' in client.get(LIST).content.decode()) is offered
    pool = client.get(f"{LIST}?manager=none").content.decode()
    assert ("Poolmarker" in pool) is (username != "alice")
    assert "Ownmarker" not in pool
    assert "Manager: <b>Unassigned</b>" in pool
