"""A customer's relationships from his side, and who the other is only where the reader may know."""

from datetime import date
from decimal import Decimal

import pytest

from crm.models import Customer
from crm.selectors.relations import WORDS, relations_of, relations_read
from crm.tests.factories import RelationshipFactory

DAY = date(2026, 11, 26)


@pytest.fixture
def seen_by(bank):
    def read(user, customer=None):
        key = (customer or bank.own).pk
        return relations_of(Customer.objects.annotate(read=relations_read(user)).get(pk=key).read)

    return read


def test_every_kind_has_its_words_on_both_sides():
    from crm.models import Relationship

    assert set(WORDS) == set(Relationship.Kind)


def test_each_side_reads_what_the_other_is(bank, people, seen_by):
    RelationshipFactory(customer=bank.own, related=bank.same_unit, kind="PARENT_OF")
    assert [(relation.words, relation.other.pk) for relation in seen_by(people.dana)] == [("Child", bank.same_unit.pk)]
    told = seen_by(people.dana, bank.same_unit)
    assert [(relation.words, relation.other.name) for relation in told] == [("Parent", bank.own.name)]


def test_of_one_out_of_scope_only_the_kind_and_the_share_are_told_and_of_a_restricted_one_nothing(
    bank, people, seen_by
):
    for other in (bank.other_unit, bank.restricted):
        RelationshipFactory(customer=other, related=bank.own, kind="SHAREHOLDER_OF", share=Decimal("0.25"))
    told = seen_by(people.alice)
    assert [(relation.words, relation.share, relation.other) for relation in told] == [
        ("Shareholder", Decimal("0.250000"), None)
    ]
    assert [relation.other for relation in seen_by(people.erin)] == [bank.other_unit]
    assert {relation.other for relation in seen_by(people.grace)} == {bank.other_unit, bank.restricted}


def test_a_marriage_told_from_both_sides_is_one(bank, people, seen_by):
    RelationshipFactory(customer=bank.own, related=bank.same_unit)
    RelationshipFactory(customer=bank.same_unit, related=bank.own)
    assert [relation.words for relation in seen_by(people.dana)] == ["Spouse"]


def test_a_relationship_runs_from_its_first_day_until_before_its_last(bank, people, seen_by):
    RelationshipFactory(
        customer=bank.own, related=bank.pool, kind="DIRECTOR_OF", since_on=DAY, until_on=date(2026, 12, 1)
    )
    (relation,) = seen_by(people.dana)
    days = (date(2026, 11, 25), DAY, date(2026, 11, 30), date(2026, 12, 1))
    assert [relation.runs_on(day) for day in days] == [False, True, True, False]


def test_a_marriage_with_somebody_hidden_told_from_both_sides_is_one_and_an_ended_one_another(bank, people, seen_by):
    RelationshipFactory(customer=bank.own, related=bank.other_unit)
    RelationshipFactory(customer=bank.other_unit, related=bank.own)
    RelationshipFactory(customer=bank.own, related=bank.pool, kind="PARTNER", until_on=DAY)
    RelationshipFactory(customer=bank.pool, related=bank.own, kind="PARTNER")
    told = seen_by(people.dana)
    assert [(relation.words, relation.runs_on(DAY)) for relation in told if relation.other is None] == [
        ("Spouse", True)
    ]
    assert sorted(relation.runs_on(DAY) for relation in told if relation.kind == "PARTNER") == [False, True]
