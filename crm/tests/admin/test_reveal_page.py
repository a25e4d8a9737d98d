"""The page that shows an identifier whole for five minutes."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from crm.models import Customer, IdentifierReveal
from crm.tests.services.test_reveal import NATIONAL_ID, WHY, sealed

BACKEND = "finpulse.identity.backends.RoleAndScopeBackend"


@pytest.fixture
def own(bank):
    return sealed(bank.own)


@pytest.fixture
def alice(client, people):
    client.force_login(people.alice, backend=BACKEND)
    return client


def page(customer):
    return f"/admin/crm/customer/{customer.pk}/reveal/"


def ask(client, customer, **asked):
    return client.post(page(customer), {"identifier": "NATIONAL_ID", "reason": WHY} | asked, follow=True)


def test_the_value_is_shown_on_this_page_alone_and_kept_by_no_browser(alice, own):
    assert NATIONAL_ID not in alice.get(page(own)).content.decode()
    response = ask(alice, own)
    body = response.content.decode()
    assert NATIONAL_ID in body
    assert "no-store" in response.headers["Cache-Control"]
    assert 290 < int(re.search(r'http-equiv="refresh" content="(\d+)"', body)[1]) <= 301
    assert NATIONAL_ID in alice.get(page(own)).content.decode()
    assert NATIONAL_ID not in alice.get(f"/admin/crm/customer/{own.pk}/").content.decode()


def test_without_script_too_it_is_gone_once_the_page_opens_again(alice, people, own):
    past = timezone.now() - timedelta(minutes=5)
    IdentifierReveal.objects.create(
        customer=own, identifier="NATIONAL_ID", user=people.alice, reason=WHY, revealed_at=past, until_at=timezone.now()
    )
    assert NATIONAL_ID not in alice.get(page(own)).content.decode()


def test_what_is_shown_to_one_is_shown_to_nobody_else(alice, client, people, own):
    ask(alice, own)
    client.force_login(people.grace, backend=BACKEND)
    assert NATIONAL_ID not in client.get(page(own)).content.decode()


def test_who_is_not_in_charge_any_more_sees_it_no_longer(alice, people, own):
    ask(alice, own)
    people.alice.user_permissions.clear()
    Customer.objects.filter(pk=own.pk).update(manager=people.bob)
    assert alice.get(page(own)).status_code == 404


def test_a_short_reason_is_asked_again_beside_its_field(alice, own):
    body = ask(alice, own, reason="because").content.decode()
    assert "at least 10 characters" in body
    assert NATIONAL_ID not in body
    assert not IdentifierReveal.objects.exists()


def test_the_limit_is_said_on_the_page(alice, own, settings):
    settings.REVEALS_PER_HOUR = 0
    refused = ask(alice, own)
    assert refused.status_code == 409
    body = refused.content.decode()
    assert "which is the most" in body
    assert WHY in body
    assert NATIONAL_ID not in body


@pytest.mark.parametrize(("name", "offered"), [("alice", True), ("dana", False), ("erin", True), ("frank", False)])
def test_the_customers_page_offers_it_to_whom_it_is_shown(client, people, own, name, offered):
    client.force_login(getattr(people, name), backend=BACKEND)
    assert (page(own) in client.get(f"/admin/crm/customer/{own.pk}/").content.decode()) is offered
    assert client.get(page(own)).status_code == (404 if name == "frank" else 200)


def test_a_key_that_is_gone_is_a_sentence_and_no_broken_page(alice, own):
    Customer.objects.filter(pk=own.pk).update(national_id=own.national_id.replace("v1|", "v1|gone-", 1))
    assert "not readable" in alice.get(f"/admin/crm/customer/{own.pk}/").content.decode()
    assert "its key is gone" in ask(alice, own).content.decode()


def test_a_customer_without_identifiers_has_nothing_to_show(alice, bank):
    assert "Nothing to show" in alice.get(page(bank.own)).content.decode()
