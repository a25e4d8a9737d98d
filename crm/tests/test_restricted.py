"""Restricted customers stand on a page of compliance, and each look at one is told to compliance once a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.models import Customer
from crm.services import customer_grant, customer_viewed
from finpulse.identity.models import User
from notifications.models import Message
from notifications.services import alerts_scan, message_deliver
from tests.access.asking import signed_in

URL = "/admin/crm/restricted/"


def told_to(user):
    """Scan, deliver, and give what he is told of looks."""
    alerts_scan(now=timezone.now())
    for key in Message.objects.filter(kind="restricted_look", channel="IN_APP", state="WAITING").values_list("pk"):
        message_deliver(message_id=key[0])
    fresh = User.objects.with_access().get(pk=user.pk)
    return list(Message.objects.visible_to(fresh).in_app().filter(kind="restricted_look"))


def test_each_look_is_told_to_compliance_once_for_viewer_customer_and_day(bank, people, greta):
    for _ in range(3):
        customer_viewed(customer=bank.restricted, actor=people.bob, surface="page")
    customer_viewed(customer=bank.own, actor=people.alice, surface="page")
    for reader in (people.grace, greta):
        assert [message.subject_id for message in told_to(reader)] == [bank.restricted.pk]
        assert len(told_to(reader)) == 1
    customer_viewed(customer=bank.restricted, actor=greta, surface="api")
    assert len(told_to(people.grace)) == 2
    assert len(told_to(greta)) == 1
    for stranger in (people.bob, people.frank, people.erin):
        assert told_to(stranger) == []


def test_no_name_stands_in_what_is_told(bank, people):
    from notifications.selectors import worded

    customer_viewed(customer=bank.restricted, actor=people.bob, surface="page")
    notice = worded(told_to(people.grace))[0].notice
    assert bank.restricted.family_name not in str(notice)
    assert bank.restricted.customer_no in str(notice)
    assert "Bob North" in str(notice)


@pytest.mark.parametrize("username", ["alice", "dana", "erin", "frank", "heidi", "script"])
def test_the_page_is_for_compliance(username, bank, people):
    assert signed_in(getattr(people, username)).get(URL).status_code == 404


def test_the_page_names_each_with_how_many_need_to_know_and_the_last_look(bank, people):
    until = timezone.now() + timedelta(days=1)
    customer_grant(
        customer_id=bank.restricted.pk, to_user=people.alice, actor=people.grace, reason="Tax.", until_at=until
    )
    customer_viewed(customer=bank.restricted, actor=people.bob, surface="page")
    page = signed_in(people.grace).get(URL).content.decode()
    assert "Restrictedmarker" in page
    assert "Ownmarker" not in page
    assert "<td>1 named</td>" in page
    assert ", bob</td>" in page
    Customer.objects.update(restricted=False)
    assert "Nobody is restricted" in signed_in(people.grace).get(URL).content.decode()
