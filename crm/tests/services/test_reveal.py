"""Identifiers shown whole: to whom, why, how often, and who hears of it."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from crm.models import Customer, CustomerHistory, IdentifierReveal
from crm.selectors.reveals import reveals_running
from crm.services import IdentifierRevealRefused, identifier_reveal
from crm.services.grants import customer_grant
from crm.tests.factories import CustomerFactory
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import User
from finpulse.identity.services import cover_give, user_set_roles
from finpulse.kernel.errors import InputError
from notifications.models import Message
from notifications.services import alerts_scan

NATIONAL_ID, WHY = "805517/0417", "He stands at the counter."
HOUR = timedelta(hours=1)


def sealed(customer, plain=NATIONAL_ID):
    customer._meta.get_field("national_id").seal(customer, plain)
    Customer.objects.filter(pk=customer.pk).update(national_id=customer.national_id)
    return customer


def reveal(customer, actor, *, now=None, **asked):
    asked = {"identifier": "NATIONAL_ID", "reason": WHY} | asked
    return identifier_reveal(customer_id=customer.pk, actor=actor, now=now or timezone.now(), **asked)


def several(people, number):
    return [sealed(CustomerFactory(manager=people.alice, unit=people.alice.unit)) for _ in range(number)]


@pytest.fixture
def own(bank):
    return sealed(bank.own)


@pytest.mark.parametrize("name", ["alice", "erin", "grace"])
def test_the_manager_in_charge_administrators_and_compliance_have_it_shown(people, own, name):
    now = timezone.now()
    shown = reveal(own, getattr(people, name), now=now)
    assert shown.until_at == now + timedelta(minutes=5)
    running = reveals_running(own, getattr(people, name), now)
    assert list(running) == [shown]
    assert not reveals_running(own, people.dana, now).exists()
    assert not reveals_running(own, getattr(people, name), shown.until_at).exists()


@pytest.mark.parametrize("name", ["bob", "charlie", "dana", "frank", "heidi", "script"])
def test_nobody_else_has_it_shown_and_a_refusal_leaves_nothing(people, own, name):
    with pytest.raises(IdentifierRevealRefused):
        reveal(own, getattr(people, name))
    assert not IdentifierReveal.objects.exists()
    assert not AuditEvent.objects.filter(verb="crm.customer.revealed").exists()


def test_standing_in_or_a_grant_is_not_being_in_charge(people, own):
    now = timezone.now()
    times = {"starts_at": now - HOUR, "ends_at": now + HOUR}
    cover_give(covered=people.alice, coverer=people.bob, actor=people.dana, reason="leave", read_only=False, **times)
    customer_grant(customer_id=own.pk, to_user=people.charlie, actor=people.grace, reason="asked in", editable=True)
    for name in ("bob", "charlie"):
        with pytest.raises(IdentifierRevealRefused, match="the manager in charge, administrators and compliance"):
            reveal(own, User.objects.with_access().get(username=name))


def test_an_auditor_has_none_shown_though_a_customer_is_in_his_charge(people, own):
    user_set_roles(user=people.alice, names=["auditor"], actor=None, reason="a test")
    with pytest.raises(IdentifierRevealRefused, match="Your role has no identifiers shown"):
        reveal(own, User.objects.with_access().get(username="alice"))


def test_of_a_restricted_customer_the_one_in_charge_and_compliance(people, bank):
    restricted = sealed(bank.restricted)
    with pytest.raises(IdentifierRevealRefused, match="not in your care"):
        reveal(restricted, people.erin)
    assert reveal(restricted, people.bob)
    assert reveal(restricted, people.grace)


def test_the_trail_keeps_who_why_and_by_which_right_and_never_the_value(people, own):
    shown = reveal(own, people.alice)
    event = AuditEvent.objects.get(verb="crm.customer.revealed")
    assert (event.actor, event.subject_id, event.reason) == (people.alice, own.pk, WHY)
    assert event.detail == {
        "identifier": "NATIONAL_ID",
        "reveal": shown.pk,
        "bulk": False,
        "by": {"reach": "OWN"},
    }
    kept = str([*IdentifierReveal.objects.values(), *AuditEvent.objects.values(), *CustomerHistory.objects.values()])
    assert NATIONAL_ID not in kept


def test_asking_again_while_it_is_shown_is_no_further_reveal(people, own):
    now = timezone.now()
    first = reveal(own, people.alice, now=now)
    assert reveal(own, people.alice, now=now + timedelta(minutes=4)) == first
    assert reveal(own, people.alice, now=now + timedelta(minutes=5)) != first
    assert AuditEvent.objects.filter(verb="crm.customer.revealed").count() == 2


@pytest.mark.parametrize("reason", ["", "          ", "too short", "x" * 301, "card 4111 1111 1111 1111"])
def test_a_reason_is_asked_that_says_something(people, own, reason):
    with pytest.raises(InputError):
        reveal(own, people.alice, reason=reason)
    with pytest.raises(InputError, match="Choose what"):
        reveal(own, people.alice, identifier="PASSPORT")
    assert not IdentifierReveal.objects.exists()


def test_what_is_not_there_or_opens_with_no_key_is_said(people, own, settings):
    with pytest.raises(IdentifierRevealRefused, match="no such identifier"):
        reveal(own, people.alice, identifier="TAX_ID")
    Customer.objects.filter(pk=own.pk).update(national_id=own.national_id.replace("v1|", "v1|gone-", 1))
    with pytest.raises(IdentifierRevealRefused, match="cannot be read: its key is gone"):
        reveal(own, people.alice)
    assert not IdentifierReveal.objects.exists()


def test_so_many_an_hour_and_so_many_a_day_and_no_more(people, own, settings):
    settings.REVEALS_PER_HOUR, settings.REVEALS_PER_DAY = 2, 3
    now, customers = timezone.now(), several(people, 4)
    for customer in customers[:2]:
        reveal(customer, people.alice, now=now)
    with pytest.raises(IdentifierRevealRefused, match="2 identifiers shown within an hour"):
        reveal(customers[2], people.alice, now=now + timedelta(minutes=59))
    assert reveal(customers[2], people.alice, now=now + HOUR)
    with pytest.raises(IdentifierRevealRefused, match="3 identifiers shown within a day"):
        reveal(customers[3], people.alice, now=now + 2 * HOUR)
    assert reveal(own, people.erin, now=now + 2 * HOUR)
    assert reveal(customers[3], people.alice, now=now + 24 * HOUR)


def test_compliance_hears_once_an_hour_of_who_has_many_shown(people, own, settings):
    settings.REVEALS_ALARM = 3
    now, customers = timezone.now(), several(people, 4)
    for customer in customers:
        reveal(customer, people.alice, now=now)
    assert list(IdentifierReveal.objects.order_by("pk").values_list("is_bulk", flat=True)) == [
        False,
        False,
        True,
        False,
    ]
    for _ in range(2):
        alerts_scan(now=now + timedelta(minutes=1))
    messages = Message.objects.filter(kind="reveals")
    assert {message.context["person"] for message in messages} == {people.grace.pk}
    assert sorted(messages.values_list("channel", flat=True)) == ["EMAIL", "IN_APP"]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_limit_together_one_passes(people, settings):
    settings.REVEALS_PER_HOUR = 1
    customers, barrier, answers = several(people, 2), Barrier(2), []

    def ask(customer):
        actor = User.objects.with_access().get(username="alice")
        barrier.wait()
        try:
            answers.append(reveal(customer, actor).pk)
        except IdentifierRevealRefused:
            answers.append(None)
        finally:
            connection.close()

    threads = [Thread(target=ask, args=[customer]) for customer in customers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(bool, answers)) == [False, True]
    assert IdentifierReveal.objects.count() == 1
