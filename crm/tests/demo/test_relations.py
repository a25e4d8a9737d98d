"""Who belongs to whom, and who is behind a company."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.db.models import F, Q

from crm.models import Customer, HoldingParty, Relationship
from crm.selectors.connected import group_of, household_of
from crm.tests.demo.conftest import TODAY
from finpulse.identity.models import User

pytestmark = pytest.mark.usefixtures("bank_of_1500")
ADULT = timedelta(days=18 * 365)


def by_chance():
    return Relationship.objects.filter(customer__customer_no__gt="DC000035", related__customer_no__gt="DC000035")


def of_kind(*kinds):
    return by_chance().filter(kind__in=kinds).select_related("customer", "related")


def test_relationships_are_of_every_kind_and_the_banks_own():
    assert set(Relationship.objects.values_list("kind", flat=True)) == set(Relationship.Kind.values)
    assert set(Relationship.objects.values_list("source", flat=True)) == {"demo"}
    assert 0.3 < Relationship.objects.count() / Customer.objects.count() < 2


def test_some_have_ended_and_none_before_it_began():
    ended = Relationship.objects.filter(until_on__lte=TODAY)
    assert set(ended.values_list("kind", flat=True)) >= {"SPOUSE", "DIRECTOR_OF", "ATTORNEY_OF", "SHAREHOLDER_OF"}
    assert not Relationship.objects.filter(until_on__lte=F("since_on")).exists()
    assert not Relationship.objects.filter(Q(since_on__gt=TODAY) | Q(until_on__gt=TODAY)).exists()


def test_couples_of_one_age_live_at_one_address_and_spouses_bear_one_name():
    couples = list(of_kind("SPOUSE", "PARTNER").filter(until_on=None))
    assert len(couples) > 40
    for tie in couples:
        assert (tie.customer.address, tie.customer.city) == (tie.related.address, tie.related.city)
        assert abs(tie.customer.birth_on - tie.related.birth_on) < timedelta(days=12 * 365)
        if tie.kind == "SPOUSE" and tie.customer.nationality == "CZ":
            assert tie.customer.family_name[:2] == tie.related.family_name[:2]


def test_couples_own_accounts_jointly():
    joint = 0
    for tie in of_kind("SPOUSE", "PARTNER").filter(until_on=None):
        both = HoldingParty.objects.filter(holding__customer=tie.related, customer=tie.customer, role="JOINT")
        joint += both.exists()
    assert joint > 20


def test_children_are_minors_of_parents_who_were_adults_and_have_savings_of_their_own():
    children = set()
    for tie in of_kind("PARENT_OF"):
        assert TODAY - tie.related.birth_on < ADULT
        assert tie.related.birth_on - tie.customer.birth_on > ADULT
        assert tie.customer.city == tie.related.city
        children.add(tie.related)
    assert len(children) > 15
    for child in children:
        assert list(child.owned_holdings.values_list("product_code", flat=True)) == ["SAV-CHILD-CZK"]
        assert child.parties.filter(role="OWNER").exists()
        assert HoldingParty.objects.filter(holding__customer=child, role="AUTHORISED").exists()


def test_nobodys_shares_of_a_company_come_to_more_than_the_whole():
    for kind in ("SHAREHOLDER_OF", "BENEFICIAL_OWNER_OF"):
        sums = defaultdict(int)
        for tie in Relationship.objects.filter(kind=kind, until_on=None):
            sums[tie.related_id] += tie.share
        assert len(sums) > 30
        assert all(0 < total <= 1 for total in sums.values())


def test_companies_have_directors_and_signatories_who_operate_their_accounts():
    for tie in of_kind("SIGNATORY_OF"):
        accounts = tie.related.owned_holdings.filter(kind="ACCOUNT")
        assert not accounts.exclude(parties__customer=tie.customer, parties__role="AUTHORISED").exists()
    assert of_kind("DIRECTOR_OF").filter(until_on=None).count() > 30


def test_no_company_is_more_than_three_levels_deep_or_above_itself():
    parents = dict(of_kind("PARENT_COMPANY_OF").values_list("related", "customer"))
    depths = set()
    for company in parents:
        depth, above = 1, company
        while (above := parents.get(above)) is not None:
            depth += 1
            assert depth <= 3
        depths.add(depth)
    assert depths == {2, 3}


def test_some_lead_to_another_unit_and_one_to_a_restricted_customer():
    assert Relationship.objects.exclude(customer__unit=F("related__unit")).exists()
    assert Relationship.objects.filter(Q(customer__restricted=True) | Q(related__restricted=True)).exists()


def test_the_beraneks_are_one_household_and_the_grandmother_is_out_of_alices_care():
    household = household_of(Customer.objects.get(customer_no="DC000021"), person("alice"), TODAY)
    assert {each.customer_no for each in household.members} == {"DC000021", "DC000022", "DC000023", "DC000025"}
    mother = Customer.objects.get(customer_no="DC000024")
    assert not Customer.objects.visible_to(person("alice")).filter(pk=mother.pk).exists()


@pytest.mark.parametrize(("who", "hidden"), [("alice", 1), ("grace", 0)])
def test_the_lipas_are_one_group_whose_polish_company_alice_is_not_shown(who, hidden):
    group = group_of(Customer.objects.get(customer_no="DC000029"), person(who), TODAY)
    names = {each.name for each in group.members}
    assert names >= {"Lípa Holding a.s.", "Lípa Strojírny s.r.o.", "Lípa Logistik GmbH", "Viktor Lípa"}
    assert ("Lípa Polska sp. z o.o." in names, group.hidden) == (not hidden, hidden)


def test_the_new_prospect_has_nothing_yet():
    nela = Customer.objects.get(customer_no="DC000035")
    assert (nela.name, nela.status, nela.joined_on) == ("Nela Jarní", "PROSPECT", None)
    assert not nela.parties.exists()


def person(username):
    return User.objects.with_access().get(username=username)
