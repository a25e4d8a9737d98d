"""The search of the bar as one types."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.tests.factories import CustomerFactory
from finpulse.audit.models import AuditEvent

FIND = "/admin/crm/customer/find/"
BACKEND = "finpulse.identity.backends.RoleAndScopeBackend"


@pytest.fixture
def alice(client, people):
    client.force_login(people.alice, backend=BACKEND)
    return client


def found(client, text):
    return [customer.pk for customer in client.get(FIND, {"q": text}).context["customers"]]


def test_it_offers_who_is_in_scope_by_part_of_the_name_or_number(alice, bank):
    assert found(alice, "marker") == [bank.own.pk]
    assert found(alice, bank.own.customer_no) == [bank.own.pk]
    assert found(alice, bank.other_unit.customer_no) == []


def test_a_second_word_narrows_from_its_first_letter_on(alice, people):
    eva, petr = (
        CustomerFactory(manager=people.alice, unit=people.alice.unit, family_name="Dlouhá", given_name=name)
        for name in ("Eva", "Petr")
    )
    assert found(alice, "dlouha") == [eva.pk, petr.pk]
    assert found(alice, "dlouha p") == [petr.pk]
    assert found(alice, "petr dl") == [petr.pk]


def test_each_answered_search_is_one_event_with_its_count_and_none_of_its_words(alice, bank):
    found(alice, "ownmarker")
    event = AuditEvent.objects.get(verb="crm.customer.searched")
    assert (event.detail["surface"], event.detail["count"]) == ("console", 1)
    assert "ownmarker" not in str(event.detail).casefold()


@pytest.mark.parametrize("text", ["", " ", "o", "\x00", "o \x00"])
def test_what_is_too_short_is_not_searched_and_leaves_no_event(alice, bank, text):
    assert found(alice, text) == []
    assert not AuditEvent.objects.filter(verb__startswith="crm.customer.").exists()


def test_a_null_character_is_no_part_of_a_word(alice, bank):
    assert found(alice, "own\x00marker") == [bank.own.pk]


def test_it_offers_eight_at_most_and_costs_the_same_however_many_match(alice, people):
    costs = []
    for more in (2, 60):
        for number in range(more):
            CustomerFactory(manager=people.alice, unit=people.alice.unit, family_name=f"Flatcost{number}")
        alice.get(FIND, {"q": "flatcost"})
        with CaptureQueriesContext(
            connection,
        ) as caught:
            answer = alice.get(FIND, {"q": "flatcost"})
        costs.append(len(caught))
    assert len(answer.context["customers"]) == 8
    assert "The first 8 customers" in answer.content.decode()
    assert costs[0] == costs[1]
