"""Whatever a customer is called and whatever a note says: it is shown as words, on every page, in every answer."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from crm.models import Customer
from crm.names import write_names
from crm.tests.factories import CustomerFactory, HoldingFactory
from finpulse.identity.models import Cover, Unit, User
from finpulse.kernel.registries import alert_kinds
from notifications.models import Message
from notifications.services import alerts_scan
from notifications.services.mail import mail_compose
from tests.invariants.hostile import BROKEN_OUT, MARK, WORDS, escaped_out_of, spoil
from tests.invariants.pages import Page, lists, my_day, own_lists, pages_of, resources
from tests.invariants.rows import makers, show_all_columns

READERS = ("alice", "grace", "heidi", "dana")


@pytest.fixture
def rows(people) -> dict[str, object]:
    """Rows of every listed model, as many as there are hostile words; the last of each, whose page is opened."""
    made: dict[str, object] = {}
    for number in range(len(WORDS)):
        customer = CustomerFactory(manager=people.alice, unit=people.alice.unit)
        for label, make in makers().items():
            made[label] = make(customer, people.alice)
            spoil(made[label], number)
        name(customer)
    for number, user in enumerate([people.alice, people.bob]):
        spoil(user, number)
    spoil(Unit.objects.get(pk=people.alice.unit_id), 0)
    Cover.objects.update(covered=people.alice)
    for name_of_reader in READERS:
        show_all_columns(getattr(people, name_of_reader))
    return made


def name(customer: Customer) -> None:
    """Have a customer's name follow from its hostile parts, as every writer of customers does."""
    fresh = Customer.objects.get(pk=customer.pk)
    write_names(fresh)
    Customer.objects.filter(pk=fresh.pk).update(sort_name=fresh.sort_name, search_text=fresh.search_text)


def test_every_page_shows_them_as_words(rows, people, capsys):
    opened, said, leaks = 0, set(), []
    for page in [my_day(), *lists(), *own_lists(), *(page for row in rows.values() for page in pages_of(row))]:
        answer = signed_in(getattr(people, reader_of(page, people))).get(page.url)
        if answer.status_code == 200:
            text = answer.content.decode()
            opened += 1
            leaks += [f"{page.url}: {leak}" for leak in escaped_out_of(text)]
            said |= {page.what, page.label} if f"&lt;{MARK}" in text else set()
    with capsys.disabled():
        print(f"\n{opened} pages of {len(rows)} models, {len(WORDS)} hostile words in each column: {len(leaks)} leaks")
    assert leaks == []
    # These are resources of the API only, or stand on the page of the user whose they are; a role is named by the code.
    elsewhere = {"crm.assignment", "crm.exchangerate", "crm.relationship", "identity.signinsession", "products.rate"}
    assert {"my day", "panels", *rows} - said == elsewhere | {"identity.role"}


def test_every_resource_gives_them_as_they_are(rows, people):
    said = set()
    for page in resources():
        answer = signed_in(getattr(people, reader_of(page, people))).get(page.url)
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        words = json.dumps(answer.json()["results"], ensure_ascii=False)
        said |= {page.label} if MARK in words else set()
    assert said >= {"crm.customer", "crm.holding", "crm.interaction", "crm.task", "products.product"}


SEARCHES = [Page("search", url, Customer) for url in ("/admin/crm/interaction/log/", "/admin/crm/customer/find/")]


def test_what_is_asked_for_is_given_back_as_words(people):
    for words in WORDS[:2]:
        for page in [*lists(), *SEARCHES]:
            client = signed_in(getattr(people, reader_of(page, people)))
            for query in ({"q": words, "o": words, "p": words}, {words: words}):
                assert list(escaped_out_of(client.get(page.url, query, follow=True).content.decode())) == [], query
        assert list(escaped_out_of(signed_in(people.alice).get(f"/admin/{words}/").content.decode())) == []


def test_what_is_written_and_refused_is_given_back_as_words(bank, people):
    client = signed_in(people.alice)
    for words in WORDS:
        data = {"channel": words, "direction": words, "occurred_at": words, "summary": "", "next_step": words}
        answer = client.post(f"/admin/crm/customer/{bank.own.pk}/log/", data)
        assert answer.status_code == 200
        assert f"&lt;{MARK}" in answer.content.decode()
        assert list(escaped_out_of(answer.content.decode())) == []


@pytest.mark.parametrize("number", range(len(WORDS)))
def test_a_mail_holds_them_as_words_and_its_head_none(people, number):
    customer = CustomerFactory(manager=people.alice, unit=people.alice.unit)
    holding = HoldingFactory(customer=customer, matures_on=timezone.localdate())
    for row in (customer, holding):
        spoil(row, number)
    User.objects.filter(pk=people.alice.pk).update(first_name=WORDS[number][:30])
    alerts_scan(now=timezone.now())
    message = Message.objects.get(kind="maturity", channel=Message.Channel.EMAIL)
    mail = mail_compose(message=message, recipient=User.objects.get(pk=people.alice.pk))
    html = mail.alternatives[0].content
    assert list(escaped_out_of(html)) == []
    assert f"&lt;{MARK}" in html
    assert BROKEN_OUT in mail.body
    head = mail.message()
    assert MARK not in str(dict(head.items()))
    assert "Bcc" not in head
    assert "maturity" in alert_kinds


def reader_of(page: Page, people: SimpleNamespace) -> str:
    return next(name for name in READERS if page.may_be_opened_by(getattr(people, name)))


def signed_in(user: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(user, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client
