"""Settling a difference between FinPulse and the feed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from crm.models import Customer, CustomerHistory, FeedDifference
from crm.services import (
    FeedDifferenceKeepRefused,
    FeedDifferenceTakeRefused,
    customer_edit,
    difference_keep,
    difference_take,
)
from crm.tests.factories import FeedDifferenceFactory
from finpulse.audit.models import AuditEvent

OURS, THEIRS = "+420777000111", "+420602118204"
KEPT, TAKEN = "crm.feed_difference.kept", "crm.feed_difference.taken"


OWN = {"by": {"reach": "OWN"}}


@pytest.fixture
def difference(bank: SimpleNamespace, people: SimpleNamespace) -> FeedDifference:
    """Alice wrote another phone of her customer than the feed has, and his town."""
    customer_edit(customer_id=bank.own.pk, changes={"phone": OURS, "city": "Brno"}, actor=people.alice)
    difference: FeedDifference = FeedDifferenceFactory(customer=bank.own, theirs=THEIRS)
    return difference


def settle(verb: Any, difference: FeedDifference, actor: Any, ours: str = OURS, theirs: str = THEIRS) -> FeedDifference:
    """Settle what was shown."""
    settled: FeedDifference = verb(difference_id=difference.pk, ours=ours, theirs=theirs, actor=actor)
    return settled


def events(verb: str) -> list[Any]:
    """Give who did so to whom, and the keys of it."""
    return list(AuditEvent.objects.filter(verb=verb).values_list("actor", "subject_id", "detail"))


def test_keeping_leaves_the_customer_alone_and_twice_is_once(difference: Any, bank: Any, people: Any) -> None:
    for _ in range(2):
        assert settle(difference_keep, difference, people.alice).settled == "KEPT"
    customer = Customer.objects.get(pk=bank.own.pk)
    assert (customer.phone, customer.edited_here) == (OURS, ["city", "phone"])
    assert events(KEPT) == [(people.alice.pk, bank.own.pk, {"difference": difference.pk, "column": "phone"} | OWN)]


def test_taking_writes_the_banks_value_which_owns_the_column_again(difference: Any, bank: Any, people: Any) -> None:
    for _ in range(2):
        assert settle(difference_take, difference, people.alice).settled == "TAKEN"
    customer = Customer.objects.get(pk=bank.own.pk)
    assert (customer.phone, customer.edited_here) == (THEIRS, ["city"])
    assert "420602118204" in customer.search_text
    history = CustomerHistory.objects.filter(pgh_obj=bank.own.pk).latest("pgh_id")
    assert "phone" in history.pgh_changed
    assert history.pgh_context["verb"] == TAKEN
    assert events(TAKEN) == [(people.alice.pk, bank.own.pk, {"difference": difference.pk, "column": "phone"} | OWN)]


def test_what_was_kept_may_be_taken_later_and_not_the_other_way_round(difference: Any, people: Any) -> None:
    settle(difference_keep, difference, people.alice)
    assert settle(difference_take, difference, people.alice).settled == "TAKEN"
    with pytest.raises(FeedDifferenceKeepRefused, match="was taken already"):
        settle(difference_keep, difference, people.alice, ours=THEIRS)


@pytest.mark.parametrize("who", ["bob", "charlie", "erin", "frank", "grace", "heidi"])
def test_who_may_not_edit_the_customer_settles_nothing(difference: Any, bank: Any, people: Any, who: str) -> None:
    for verb, refused in (
        (difference_keep, FeedDifferenceKeepRefused),
        (difference_take, FeedDifferenceTakeRefused),
    ):
        with pytest.raises(refused, match="not change his data"):
            settle(verb, difference, getattr(people, who))
    assert FeedDifference.objects.get().settled == ""
    assert Customer.objects.get(pk=bank.own.pk).phone == OURS


def test_a_value_of_the_bank_that_changed_since_is_refused(difference: Any, people: Any) -> None:
    for verb in (difference_keep, difference_take):
        with pytest.raises((FeedDifferenceKeepRefused, FeedDifferenceTakeRefused), match="bank says something else"):
            settle(verb, difference, people.alice, theirs="+420602118205")
    assert FeedDifference.objects.get().settled == ""


def test_a_value_that_was_edited_since_is_refused(difference: Any, bank: Any, people: Any) -> None:
    customer_edit(customer_id=bank.own.pk, changes={"phone": "+420777000112"}, actor=people.dana)
    for verb in (difference_keep, difference_take):
        with pytest.raises((FeedDifferenceKeepRefused, FeedDifferenceTakeRefused), match="edited meanwhile"):
            settle(verb, difference, people.alice)
    assert Customer.objects.get(pk=bank.own.pk).phone == "+420777000112"


def test_an_edit_that_agrees_with_the_bank_settles_the_difference(difference: Any, bank: Any, people: Any) -> None:
    customer_edit(customer_id=bank.own.pk, changes={"city": "Plzeň"}, actor=people.alice)
    assert FeedDifference.objects.exists()
    customer_edit(customer_id=bank.own.pk, changes={"phone": THEIRS}, actor=people.alice)
    assert not FeedDifference.objects.exists()
