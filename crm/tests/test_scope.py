"""Who sees which customer: every branch of visible_to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.models import Customer, Holding
from finpulse.identity.models import User
from finpulse.identity.services import cover_give

ALL = {"own", "same_unit", "other_unit", "pool", "restricted"}
SEEN = {
    "alice": {"own"},
    "bob": {"same_unit", "restricted"},
    "charlie": {"other_unit"},
    "dana": {"own", "same_unit", "pool"},
    "erin": ALL - {"restricted"},
    "frank": ALL - {"restricted"},
    "grace": ALL,
    "script": set(),
}


def names(bank, rows):
    return {name for name in ALL if getattr(bank, name) in set(rows)}


@pytest.mark.parametrize("username", SEEN)
def test_each_role_sees_exactly_its_customers(bank, people, username):
    assert names(bank, Customer.objects.visible_to(getattr(people, username))) == SEEN[username]


def test_a_joint_holding_is_seen_from_both_units(bank, people):
    for username in ("alice", "charlie"):
        assert bank.joint in Holding.objects.visible_to(getattr(people, username))
    assert bank.joint not in Holding.objects.visible_to(people.bob)


def test_a_cover_opens_the_covered_managers_customers_while_it_lasts_but_no_restricted_ones(bank, people):
    now = timezone.now()
    give = {"covered": people.bob, "coverer": people.alice, "actor": people.bob, "reason": "holiday", "read_only": True}
    cover = cover_give(starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1), **give)
    alice = User.objects.with_access().get(pk=people.alice.pk)
    assert names(bank, Customer.objects.visible_to(alice)) == {"own", "same_unit"}
    assert names(bank, Customer.objects.editable_by(alice)) == {"own"}
    assert not alice.has_perm("crm.change_customer", bank.same_unit)
    cover.ends_at = now - timedelta(hours=1)
    cover.save()
    alice = User.objects.with_access().get(pk=people.alice.pk)
    assert names(bank, Customer.objects.visible_to(alice)) == {"own"}


def test_a_deactivated_user_sees_nothing(bank, people):
    User.objects.filter(pk=people.erin.pk).update(is_active=False)
    erin = User.objects.with_access().get(pk=people.erin.pk)
    assert not Customer.objects.visible_to(erin).exists()
    assert not erin.has_perm("crm.view_customer")


def test_role_and_scope_are_both_asked(bank, people):
    assert people.alice.has_perm("crm.change_customer", bank.own)
    assert not people.alice.has_perm("crm.change_customer", bank.same_unit)
    assert people.frank.has_perm("crm.view_customer", bank.own)
    assert not people.frank.has_perm("crm.change_customer", bank.own)
    assert not people.heidi.has_perm("crm.view_customer")
