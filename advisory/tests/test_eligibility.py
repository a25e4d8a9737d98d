"""What a customer may apply for: grouped, in scope, at a flat cost."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advisory.selectors import eligibility_for_customer, eligibility_of
from crm.models import Customer
from crm.tests.factories import CustomerFactory
from products.criteria import Outcome
from products.tests.factories import CriterionFactory, ProductFactory, RateFactory

NOW = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Prague"))


def product(name, **criterion):
    found = ProductFactory(name=name)
    if criterion:
        CriterionFactory(product=found, **criterion)
    return found


@pytest.fixture
def catalogue(db):
    product("For adults", kind="MIN_AGE", value="18", threshold=18)
    product("For business", kind="BUSINESS")
    product("For students", kind="STUDENT", understood=False)
    product("For residents", kind="RESIDENCY_STATUS", value="Australian Resident", country="AU")
    product("For anybody")


def outcomes(customer, now=NOW):
    eligibility = eligibility_of(customer, now)
    return {outcome.name: [verdict.product.name for verdict in eligibility.of(outcome)] for outcome in Outcome}


def reasons(customer, name):
    eligibility = eligibility_of(customer, NOW)
    (verdict,) = [verdict for verdict in eligibility.verdicts if verdict.product.name == name]
    return [check.sentence for check in verdict.checks]


def test_products_are_grouped_by_what_the_rules_say(catalogue):
    customer = CustomerFactory()
    assert outcomes(customer) == {
        "YES": ["For adults", "For anybody"],
        "NO": ["For business", "For residents"],
        "NOT_KNOWN": ["For students"],
    }
    assert reasons(customer, "For residents") == ["Residency: Australian resident asked, the customer's country is CZ"]


def test_an_organisation_is_no_person(catalogue):
    company = CustomerFactory(kind=Customer.Kind.ORGANISATION, organisation_name="Pila s. r. o.", birth_on=None)
    assert outcomes(company) == {
        "YES": ["For business", "For anybody"],
        "NO": [],
        "NOT_KNOWN": ["For adults", "For residents", "For students"],
    }


def test_unknown_facts_leave_the_answer_open(catalogue):
    nobody = CustomerFactory(birth_on=None, country="")
    assert outcomes(nobody)["NOT_KNOWN"] == ["For adults", "For residents", "For students"]
    assert reasons(nobody, "For adults") == ["Age 18 or over: date of birth not known"]


@pytest.mark.parametrize(("now", "adult"), [(NOW - timedelta(days=1), False), (NOW, True)])
def test_the_day_is_that_of_the_bank(catalogue, now, adult):
    customer = CustomerFactory(birth_on=date(2008, 11, 23))
    assert ("For adults" in outcomes(customer, now)["YES"]) is adult


def test_nothing_is_suggested_to_a_minor(catalogue):
    child = CustomerFactory(birth_on=date(2012, 5, 17))
    found = outcomes(child)
    assert found["YES"] == []
    assert "For adults" in found["NO"]
    assert reasons(child, "For anybody") == ["A minor: only with the legal guardian, check by hand"]


def test_a_product_for_business_by_name_or_category_is_not_suggested_to_a_person(db):
    ProductFactory(name="Qantas Business Card")
    ProductFactory(name="Equipment loan", category="BUSINESS_LOANS")
    ProductFactory(name="Solicitor trust", category="REGULATED_TRUST_ACCOUNTS")
    ProductFactory(name="Businesslike saver")
    CriterionFactory(product=ProductFactory(name="Business saver"), kind="BUSINESS")
    assert outcomes(CustomerFactory()) == {
        "YES": ["Businesslike saver"],
        "NO": ["Business saver"],
        "NOT_KNOWN": ["Qantas Business Card", "Equipment loan", "Solicitor trust"],
    }
    (reason,) = reasons(CustomerFactory(), "Equipment loan")
    assert reason.startswith("By its name or category for businesses or trusts")
    company = CustomerFactory(kind=Customer.Kind.ORGANISATION, organisation_name="Pila", birth_on=None)
    assert len(outcomes(company)["YES"]) == 5


@pytest.mark.parametrize(
    ("status", "words"), [("DECEASED", "This customer has died"), ("CLOSED", "The relationship has ended")]
)
def test_a_life_flag_stops_advice(catalogue, status, words):
    eligibility = eligibility_of(CustomerFactory(status=status), NOW)
    assert eligibility.verdicts == ()
    assert eligibility.stopped.startswith(words)


@pytest.mark.parametrize("status", ["ACTIVE", "DORMANT", "PROSPECT"])
def test_any_other_status_is_advised(catalogue, status):
    assert eligibility_of(CustomerFactory(status=status), NOW).verdicts


def test_only_what_is_on_offer_is_judged(db):
    ProductFactory(name="Ended", effective_until_at=NOW)
    ProductFactory(name="To come", effective_from_at=NOW + timedelta(seconds=1))
    ProductFactory(name="Running", effective_from_at=NOW, effective_until_at=NOW + timedelta(seconds=1))
    assert outcomes(CustomerFactory())["YES"] == ["Running"]


@pytest.mark.parametrize("fact", ["gender", "nationality"])
def test_what_the_law_forbids_changes_no_answer(catalogue, fact):
    plain, other = CustomerFactory(), CustomerFactory(**{fact: "AU" if fact == "nationality" else "F"})
    assert eligibility_of(plain, NOW) == eligibility_of(other, NOW)


def test_a_stranger_is_refused(bank, people, catalogue):
    judged = eligibility_for_customer(customer=bank.own, user=people.alice, now=NOW)
    assert len(judged.verdicts) == 5
    for name in ("same_unit", "other_unit", "pool", "restricted"):
        with pytest.raises(PermissionDenied):
            eligibility_for_customer(customer=getattr(bank, name), user=people.alice, now=NOW)
    with pytest.raises(PermissionDenied):
        eligibility_for_customer(customer=bank.own, user=people.heidi, now=NOW)


def test_200_products_cost_as_many_queries_as_2(bank, people):
    def queries():
        customer = Customer.objects.get(pk=bank.own.pk)
        with CaptureQueriesContext(connection) as caught:
            eligibility_for_customer(customer=customer, user=people.alice, now=NOW)
        return len(caught)

    for _ in range(2):
        CriterionFactory(product=RateFactory().product)
    few = queries()
    for _ in range(198):
        found = RateFactory().product
        CriterionFactory(product=found)
        CriterionFactory(product=found, position=1, kind="BUSINESS")
    assert queries() == few == 2
