"""Differences to the feed in the API."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from rest_framework.test import APIClient

from crm.models import Customer, FeedDifference
from crm.services import customer_edit
from crm.tests.factories import FeedDifferenceFactory

OURS, THEIRS = "+420777000111", "+420602118204"
LIST = "/api/v1/feed-differences/"
SHOWN = {"ours": OURS, "theirs": THEIRS}


@pytest.fixture
def difference(bank: SimpleNamespace, people: SimpleNamespace) -> FeedDifference:
    """Alice wrote another phone of her customer than the feed has; bob's customer differs too."""
    customer_edit(customer_id=bank.own.pk, changes={"phone": OURS}, actor=people.alice)
    FeedDifferenceFactory(customer=bank.same_unit, theirs=THEIRS)
    difference: FeedDifference = FeedDifferenceFactory(customer=bank.own, theirs=THEIRS)
    return difference


def client_of(user: Any) -> APIClient:
    """Give a signed-in client."""
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_a_list_gives_both_values_of_those_in_scope(difference: Any, bank: Any, people: Any) -> None:
    (row,) = client_of(people.alice).get(LIST).json()["results"]
    told = {name: row[name] for name in ("id", "customer", "column", "ours", "theirs", "settled", "settled_at")}
    assert told == {"id": difference.pk, "customer": bank.own.pk, "column": "phone", **SHOWN} | {
        "settled": "",
        "settled_at": None,
    }


@pytest.mark.parametrize(("verb", "settled", "phone"), [("keep", "KEPT", OURS), ("take", "TAKEN", THEIRS)])
def test_settling_twice_is_settling_once(difference: Any, people: Any, verb: str, settled: str, phone: str) -> None:
    client = client_of(people.alice)
    for _ in range(2):
        answer = client.post(f"{LIST}{difference.pk}/{verb}/", SHOWN)
        assert (answer.status_code, answer.json()["settled"]) == (200, settled)
    assert Customer.objects.get(pk=difference.customer_id).phone == phone
    assert client.get(LIST, {"open": "true"}).json()["results"] == []
    assert len(client.get(LIST, {"open": "false"}).json()["results"]) == 1


def test_what_changed_since_is_a_conflict_with_its_sentence(difference: Any, people: Any) -> None:
    for verb in ("keep", "take"):
        answer = client_of(people.alice).post(f"{LIST}{difference.pk}/{verb}/", SHOWN | {"theirs": "+420602118299"})
        assert answer.status_code == 409
        assert answer.json()["detail"] == "The bank says something else by now. Look at the two values again."
    assert client_of(people.alice).post(f"{LIST}{difference.pk}/take/", {}).status_code == 400
