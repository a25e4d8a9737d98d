"""Customers named in a cover, and that a cover lends no more than the covered colleague has."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from crm.models import CoverCustomer, Customer
from crm.services import CoverNameRefused, CoverUnnameRefused, cover_name, cover_unname
from crm.tests.factories import CustomerFactory
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import Cover, User
from finpulse.identity.services import CoverGiveRefused, cover_give, user_set_roles

DAY = timedelta(days=1)


@pytest.fixture
def give(bank, people):
    def give(**facts):
        now = timezone.now()
        given = {"covered": people.bob, "coverer": people.alice, "actor": people.bob, "reason": "Holiday"}
        return cover_give(**(given | {"starts_at": now - DAY, "ends_at": now + DAY} | facts))

    return give


@pytest.fixture
def seen(people):
    """What alice sees by now of customers that are not her own."""

    def seen(question="visible_to"):
        alice = User.objects.with_access().get(pk=people.alice.pk)
        return set(getattr(Customer.objects.all(), question)(alice).exclude(manager=alice))

    return seen


def test_a_cover_of_some_opens_those_that_are_named_and_no_others(bank, people, give, seen):
    cover, also = give(scope="SOME"), CustomerFactory(manager=people.bob, unit=people.bob.unit)
    assert seen() == set()
    assert cover_name(cover_id=cover.pk, customer_id=also.pk, actor=people.bob) is True
    assert seen() == seen("editable_by") == {also}
    assert cover_name(cover_id=cover.pk, customer_id=also.pk, actor=people.bob) is False
    assert cover_unname(cover_id=cover.pk, customer_id=also.pk, actor=people.bob) is True
    assert cover_unname(cover_id=cover.pk, customer_id=also.pk, actor=people.bob) is False
    assert seen() == set()
    cover.refresh_from_db()
    assert cover.names_customers is False
    told = AuditEvent.objects.filter(subject_type="crm.customer", subject_id=also.pk).order_by("pk")
    assert list(told.values_list("verb", flat=True)) == ["crm.cover.customer_named", "crm.cover.customer_unnamed"]


def test_a_restricted_customer_is_part_of_a_cover_only_if_he_is_named(bank, people, give, seen):
    cover = give()
    assert seen() == {bank.same_unit}
    cover_name(cover_id=cover.pk, customer_id=bank.restricted.pk, actor=people.bob)
    assert seen() == {bank.same_unit, bank.restricted}


def test_who_is_named_in_a_read_only_cover_is_looked_at_and_not_changed(bank, people, give, seen):
    cover = give(scope="SOME", read_only=True)
    cover_name(cover_id=cover.pk, customer_id=bank.same_unit.pk, actor=people.bob)
    assert seen() == seen("worked_with_by") == {bank.same_unit}
    assert seen("editable_by") == set()


def test_who_is_named_leaves_the_cover_with_his_manager(bank, people, give, seen):
    cover = give(scope="SOME")
    cover_name(cover_id=cover.pk, customer_id=bank.same_unit.pk, actor=people.bob)
    Customer.objects.filter(pk=bank.same_unit.pk).update(manager=people.charlie)
    assert seen() == set()


def test_who_is_named_in_one_cover_is_not_opened_by_another(bank, people, give, seen):
    named = give(scope="SOME", coverer=people.charlie, actor=people.dana)
    cover_name(cover_id=named.pk, customer_id=bank.same_unit.pk, actor=people.bob)
    own, also = give(scope="SOME"), CustomerFactory(manager=people.bob, unit=people.bob.unit)
    cover_name(cover_id=own.pk, customer_id=also.pk, actor=people.bob)
    assert seen() == {also}


@pytest.mark.parametrize(
    "refusal",
    [
        ("alice", "same_unit", "Only Bob"),
        ("charlie", "same_unit", "Only Bob"),
        ("bob", "own", "not in your care"),
        ("dana", "own", "is not in the charge of Bob"),
        ("dana", "restricted", "not in your care"),
    ],
)
def test_who_is_named_is_the_covereds_own_and_seen_by_who_names_him(refusal, bank, people, give):
    (actor, customer, says), cover = refusal, give(scope="SOME")
    with pytest.raises(CoverNameRefused, match=says):
        cover_name(cover_id=cover.pk, customer_id=getattr(bank, customer).pk, actor=getattr(people, actor))
    assert not CoverCustomer.objects.exists()


def test_the_coverer_takes_nobody_out_and_an_ended_cover_takes_nobody_in(bank, people, give):
    cover = give(scope="SOME")
    cover_name(cover_id=cover.pk, customer_id=bank.same_unit.pk, actor=people.dana)
    with pytest.raises(CoverUnnameRefused, match="Only Bob"):
        cover_unname(cover_id=cover.pk, customer_id=bank.same_unit.pk, actor=people.alice)
    Cover.objects.update(ends_at=timezone.now())
    with pytest.raises(CoverNameRefused, match="has ended"):
        cover_name(cover_id=cover.pk, customer_id=bank.restricted.pk, actor=people.bob)


@pytest.mark.parametrize(
    ("role", "lent"),
    [
        ("supervisor", ["visible_to", "worked_with_by", "editable_by"]),
        ("administrator", ["visible_to"]),
        ("system_administrator", []),
    ],
)
def test_a_cover_lends_no_more_than_the_covereds_roles_let_him_do(role, lent, people, give, seen):
    give()
    user_set_roles(user=people.bob, names=[role], actor=None, reason="a test")
    assert [question for question in ("visible_to", "worked_with_by", "editable_by") if seen(question)] == lent


def test_one_colleague_is_covered_by_another_once_at_a_time(people, give):
    now = timezone.now()
    first = give()
    with pytest.raises(CoverGiveRefused, match="then already, until"):
        give(starts_at=now, ends_at=now + 9 * DAY, scope="SOME")
    with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        Cover.objects.create(
            covered=people.bob, coverer=people.alice, given_by=people.bob, starts_at=now, ends_at=now + DAY
        )
    give(starts_at=first.ends_at, ends_at=now + 9 * DAY)
    give(coverer=people.charlie, actor=people.dana)
    assert Cover.objects.count() == 3


def test_a_cover_bridges_a_leaver_for_those_whom_it_opens_and_the_rest_fall_to_the_pool(bank, people, give, seen):
    cover, also = give(scope="SOME"), CustomerFactory(manager=people.bob, unit=people.bob.unit)
    cover_name(cover_id=cover.pk, customer_id=also.pk, actor=people.bob)
    user_set_roles(user=people.bob, names=[], actor=None, reason="a test")
    assert seen() == seen("editable_by") == {also}
    assert set(Customer.objects.filter(manager=people.bob)) == {also}
