"""The panel on the customer page and the page behind it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.tests.factories import CustomerFactory
from finpulse.audit.models import AuditEvent
from products.models import Product
from products.tests.factories import CriterionFactory, ProductFactory

BACKEND = "finpulse.identity.backends.RoleAndScopeBackend"


@pytest.fixture
def alice(client, people):
    client.force_login(people.alice, backend=BACKEND)
    return client


@pytest.fixture
def catalogue(db):
    CriterionFactory(product=ProductFactory(name="For adults"), kind="MIN_AGE", value="18", threshold=18)
    loan = ProductFactory(name="For business", category=Product.Category.BUSINESS_LOANS)
    CriterionFactory(product=loan, kind="BUSINESS")
    CriterionFactory(product=ProductFactory(name="For students"), kind="STUDENT", understood=False)


def page(customer):
    return f"/admin/crm/customer/{customer.pk}/eligibility/"


def test_the_page_names_every_product_with_its_reasons(alice, bank, catalogue):
    body = alice.get(page(bank.own)).content.decode()
    for words in (
        "subject to credit decision",
        "For adults",
        "Age 18 or over: 46",
        "For business",
        "Only for businesses: this customer is a person",
        "may not apply",
        "Students: check by hand",
    ):
        assert words in body, words


EVERY = {"For adults", "For business", "For students"}


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"outcome": "NO"}, {"For business"}),
        ({"outcome": "YES"}, {"For adults"}),
        ({"category": "BUSINESS_LOANS"}, {"For business"}),
        ({"category": "BUSINESS_LOANS", "outcome": "YES"}, set()),
        ({"category": "SHOES", "outcome": "MAYBE", "page": "x"}, EVERY),
    ],
)
def test_the_page_is_filtered_by_category_and_outcome(alice, bank, catalogue, query, shown):
    body = alice.get(page(bank.own), query).content.decode()
    assert {name for name in EVERY if f"<strong>{name}" in body} == shown
    assert ("No product here" in body) is (not shown)


def test_looking_is_written_down_once_and_names_no_name(alice, people, bank, catalogue):
    alice.get(page(bank.own))
    event = AuditEvent.objects.get(verb="advisory.eligibility.viewed")
    assert (event.actor, event.subject_type, event.subject_id) == (people.alice, "crm.customer", bank.own.pk)
    assert bank.own.family_name not in str(event.detail)


def test_a_stranger_gets_404_and_leaves_no_look(alice, bank, catalogue):
    for name in ("same_unit", "other_unit", "pool", "restricted"):
        for method in ("get", "post"):
            assert getattr(alice, method)(page(getattr(bank, name))).status_code == 404
    assert alice.get("/admin/crm/customer/987654321/eligibility/").status_code == 404
    assert not AuditEvent.objects.filter(verb="advisory.eligibility.viewed").exists()


def test_the_page_is_for_reading(alice, bank):
    assert alice.post(page(bank.own)).status_code == 405
    assert not AuditEvent.objects.filter(verb="advisory.eligibility.viewed").exists()


def test_who_sees_no_customers_gets_404(client, people, bank):
    client.force_login(people.heidi, backend=BACKEND)
    assert client.get(page(bank.own)).status_code == 404


def test_an_empty_catalogue_says_what_would_be_here(alice, bank):
    assert "The catalogue is empty" in alice.get(page(bank.own)).content.decode()


def test_a_customer_who_died_gets_a_sentence(alice, people, catalogue):
    customer = CustomerFactory(manager=people.alice, status="DECEASED")
    for url in (page(customer), f"/admin/crm/customer/{customer.pk}/"):
        body = alice.get(url).content.decode()
        assert "This customer has died: nothing is suggested." in body
        assert "For adults" not in body


def test_the_panel_suggests_only_what_every_rule_passes(alice, bank, catalogue):
    body = alice.get(f"/admin/crm/customer/{bank.own.pk}/").content.decode()
    for words in ("May apply for", "rules only", "For adults", "Age 18 or over: 46", "subject to credit decision"):
        assert words in body, words
    assert "For business" not in body
    assert f'href="{page(bank.own)}"' in body


def test_the_panel_is_bounded_and_costs_one_query_whatever_the_catalogue(alice, bank):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            body = alice.get(f"/admin/crm/customer/{bank.own.pk}/").content.decode()
        return len(caught), body

    CriterionFactory.create_batch(2)
    queries()
    few, _ = queries()
    CriterionFactory.create_batch(198)
    many, body = queries()
    assert many == few
    assert body.count("this customer is a person") == 5
    assert "200 may apply" in body


def test_the_page_costs_the_same_for_2_products_and_for_200_and_is_paged(alice, bank):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            body = alice.get(page(bank.own)).content.decode()
        return len(caught), body

    CriterionFactory.create_batch(2)
    queries()
    few, _ = queries()
    CriterionFactory.create_batch(198)
    many, body = queries()
    assert many == few
    assert "Page 1 of 4" in body


def test_hostile_words_of_a_document_are_text(alice, bank):
    hostile = CriterionFactory(kind="STUDENT", value="<script>alert(1)</script>", understood=False).product
    Product.objects.filter(pk=hostile.pk).update(name="<script>alert(2)</script>")
    assert "<script>alert" not in alice.get(page(bank.own)).content.decode()
