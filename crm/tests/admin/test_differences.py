"""Differences to the feed in the console: the panel on the customer's page, the list, keeping and taking."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.models import Customer, FeedDifference
from crm.services import customer_edit
from crm.tests.factories import FeedDifferenceFactory

OURS, THEIRS = "+420777000111", "+420602118204"
LIST = "/admin/crm/feeddifference/"


@pytest.fixture
def difference(bank: SimpleNamespace, people: SimpleNamespace) -> FeedDifference:
    """Alice wrote another phone of her customer than the feed has."""
    customer_edit(customer_id=bank.own.pk, changes={"phone": OURS}, actor=people.alice)
    difference: FeedDifference = FeedDifferenceFactory(customer=bank.own, theirs=THEIRS)
    return difference


def signed_in(user: Any, **options: Any) -> Client:
    """Give a browser."""
    client = Client(**options)
    client.force_login(user, backend="finpulse.identity.backends.RoleAndScopeBackend")
    return client


def page(client: Client, customer: Customer) -> str:
    """Give the customer's page."""
    return client.get(reverse("admin:crm_customer_page", args=[customer.pk])).content.decode()


def test_the_customers_page_shows_both_values_with_two_buttons(difference: Any, bank: Any, people: Any) -> None:
    shown = page(signed_in(people.alice), bank.own)
    for words in ("The bank says otherwise", "1 to settle", f"<dd>{OURS}</dd>", f"<dd>{THEIRS}</dd>", "Keep ours"):
        assert words in shown


def test_who_only_looks_sees_both_and_no_button(difference: Any, bank: Any, people: Any) -> None:
    shown = page(signed_in(people.frank), bank.own)
    assert f"<dd>{THEIRS}</dd>" in shown
    assert "Keep ours" not in shown


@pytest.mark.parametrize(
    "facts", [{"settled": "KEPT"}, {"settled": "TAKEN"}, {"theirs": OURS}], ids=["kept", "taken", "agrees"]
)
def test_there_is_no_panel_where_nothing_is_to_settle(
    difference: Any, bank: Any, people: Any, facts: dict[str, str]
) -> None:
    FeedDifference.objects.update(**facts)
    assert "The bank says otherwise" not in page(signed_in(people.alice), bank.own)


@pytest.mark.parametrize(
    ("verb", "said", "phone"),
    [("keep", "Kept as edited here: phone.", OURS), ("take", "The bank&#x27;s value is taken: phone.", THEIRS)],
)
def test_a_button_settles_it_without_a_script(difference: Any, people: Any, verb: str, said: str, phone: str) -> None:
    client = signed_in(people.alice, enforce_csrf_checks=True)
    url = reverse(f"admin:crm_feeddifference_{verb}", args=[difference.pk])
    form = {"ours": OURS, "theirs": THEIRS}
    assert client.post(url, form).status_code == 403
    token = page(client, difference.customer).partition('name="csrfmiddlewaretoken" value="')[2][:64]
    answer = client.post(url, form | {"csrfmiddlewaretoken": token}, follow=True)
    text = answer.content.decode()
    assert said in text
    assert "The bank says otherwise" not in text
    assert Customer.objects.get(pk=difference.customer_id).phone == phone


def test_a_value_that_changed_since_the_page_was_read_is_refused_in_words(difference: Any, people: Any) -> None:
    url = reverse("admin:crm_feeddifference_take", args=[difference.pk])
    answer = signed_in(people.alice).post(url, {"ours": OURS, "theirs": "+420602118299"}, follow=True)
    assert "The bank says something else by now." in answer.content.decode()
    assert FeedDifference.objects.get().settled == ""


def test_the_list_shows_what_is_to_settle_first_and_the_rest_on_asking(difference: Any, people: Any) -> None:
    client = signed_in(people.alice)
    assert THEIRS in client.get(LIST).content.decode()
    FeedDifference.objects.update(settled="KEPT")
    assert THEIRS not in client.get(LIST).content.decode()
    assert THEIRS in client.get(LIST, {"settled": "KEPT"}).content.decode()


def test_its_own_page_offers_the_verbs_while_it_is_open(difference: Any, people: Any) -> None:
    url = f"{LIST}{difference.pk}/change/"
    assert "Take the bank's" in signed_in(people.alice).get(url).content.decode()
    assert "Take the bank's" not in signed_in(people.frank).get(url).content.decode()
    FeedDifference.objects.update(settled="KEPT")
    assert "Take the bank's" not in signed_in(people.alice).get(url).content.decode()
