"""Households and groups of connected clients, walked through what the reader may see."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from crm.selectors.connected import MOST_MEMBERS, MOST_STEPS, group_of, household_of
from crm.tests.factories import CustomerFactory, RelationshipFactory

DAY = date(2026, 11, 26)


@pytest.fixture
def make(people, units):
    def customer(**facts):
        return CustomerFactory(**{"manager": people.alice, "unit": units["NORTH"]} | facts)

    return customer


def relate(customer, kind, related, **facts):
    RelationshipFactory(customer=customer, kind=kind, related=related, **facts)


@pytest.fixture
def family(make):
    """Mother and father, a child of each and one of age; the mother's own mother."""
    mother, father, grandmother = make(), make(), make(birth_on=date(1950, 1, 1))
    child, stepchild = make(birth_on=date(2015, 5, 5)), make(birth_on=date(2008, 11, 27))
    grown, unknown = make(birth_on=date(2008, 11, 26)), make(birth_on=None)
    relate(father, "SPOUSE", mother)
    relate(grandmother, "PARENT_OF", mother)
    for young in (child, grown, unknown):
        relate(mother, "PARENT_OF", young)
    relate(father, "LEGAL_GUARDIAN_OF", stepchild)
    return {"mother": mother, "father": father, "child": child, "stepchild": stepchild, "grown": grown}


def test_a_household_is_the_couple_with_the_minor_children_of_either(family, people):
    together = {family[name].pk for name in ("mother", "father", "child", "stepchild")}
    for name in ("mother", "father", "child", "stepchild"):
        circle = household_of(family[name], people.alice, DAY)
        assert {member.pk for member in circle.members} == together, name
    assert [member.pk for member in household_of(family["grown"], people.alice, DAY).members] == [family["grown"].pk]


def test_an_organisation_has_no_household(make, people):
    assert household_of(make(kind="ORGANISATION"), people.alice, DAY).members == []


def test_a_household_counts_who_is_out_of_scope_but_the_restricted_and_walks_no_further(family, people, bank):
    hidden = bank.other_unit
    for parent in (hidden, bank.restricted):
        relate(parent, "PARENT_OF", family["child"])
    behind = CustomerFactory(manager=people.alice, birth_on=date(2016, 1, 1))
    relate(hidden, "PARENT_OF", behind)
    circle = household_of(family["child"], people.alice, DAY)
    assert circle.hidden == 1
    assert not {hidden.pk, behind.pk, bank.restricted.pk} & {member.pk for member in circle.members}


def test_a_marriage_that_ended_or_is_to_come_joins_nobody(make, people):
    one, former, future = make(), make(), make()
    relate(one, "SPOUSE", former, until_on=DAY)
    relate(one, "SPOUSE", future, since_on=DAY + timedelta(days=1))
    assert [member.pk for member in household_of(one, people.alice, DAY).members] == [one.pk]


def test_a_group_follows_control_in_both_directions_over_several_steps(make, people):
    holding, firm, sub, owner = (make(kind="ORGANISATION", organisation_name=name) for name in "HFSO")
    minority, director, silent = make(), make(), make()
    relate(holding, "PARENT_COMPANY_OF", firm)
    relate(firm, "SHAREHOLDER_OF", sub, share=Decimal("0.500001"))
    relate(owner, "BENEFICIAL_OWNER_OF", holding, share=Decimal(1))
    relate(minority, "SHAREHOLDER_OF", firm, share=Decimal("0.5"))
    relate(silent, "BENEFICIAL_OWNER_OF", firm)
    relate(director, "DIRECTOR_OF", firm)
    relate(sub, "PARENT_COMPANY_OF", owner)  # a circle
    for member in (holding, firm, sub, owner):
        circle = group_of(member, people.alice, DAY)
        assert {one.pk for one in circle.members} == {holding.pk, firm.pk, sub.pk, owner.pk}
        assert not circle.cut


def test_a_group_is_walked_through_customers_in_scope_only(make, people, bank):
    firm, beyond = make(kind="ORGANISATION"), make(kind="ORGANISATION")
    relate(bank.other_unit, "PARENT_COMPANY_OF", firm)
    relate(bank.other_unit, "PARENT_COMPANY_OF", beyond)
    circle = group_of(firm, people.alice, DAY)
    assert ([member.pk for member in circle.members], circle.hidden) == ([firm.pk], 1)
    assert {member.pk for member in group_of(firm, people.grace, DAY).members} == {
        firm.pk,
        beyond.pk,
        bank.other_unit.pk,
    }


def test_a_chain_that_is_too_long_is_cut_and_says_so(make, people):
    chain = [make() for _ in range(MOST_STEPS + 2)]
    for above, below in pairwise(chain):
        relate(above, "PARENT_COMPANY_OF", below)
    circle = group_of(chain[0], people.alice, DAY)
    assert circle.cut
    assert len(circle.members) == MOST_STEPS + 1


def test_a_group_that_is_too_broad_is_cut_and_says_so(make, people):
    top = make(kind="ORGANISATION")
    for _ in range(MOST_MEMBERS + 2):
        relate(top, "PARENT_COMPANY_OF", make())
    circle = group_of(top, people.alice, DAY)
    assert circle.cut
    assert len(circle.members) == MOST_MEMBERS
