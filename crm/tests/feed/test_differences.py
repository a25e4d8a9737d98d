"""What a load writes down for managers to settle."""

from __future__ import annotations

from typing import Any

import pytest

from crm.models import Customer, FeedDifference
from crm.services import customer_edit, difference_keep, difference_take
from crm.tests.feed.feeds import CUSTOMER, Feed

PHONE, EDITED = "+420602118204", "+420777000111"


@pytest.fixture
def edited(feed: Feed, people: Any) -> Feed:
    """The small bank, loaded; alice then edited a phone and a town that the file does not have."""
    feed.load()
    number = Customer.objects.get(customer_no="C1").pk
    customer_edit(customer_id=number, changes={"phone": EDITED, "city": "Brno"}, actor=people.alice)
    return feed


def told() -> list[tuple[str, str, str, str]]:
    """Give the differences written down."""
    return list(FeedDifference.objects.values_list("customer__customer_no", "column", "theirs", "settled"))


def settle(verb: Any, actor: Any, ours: str = EDITED) -> None:
    """Settle the only difference."""
    difference = FeedDifference.objects.get()
    verb(difference_id=difference.pk, ours=ours, theirs=difference.theirs, actor=actor)


def bring(feed: Feed, **cells: str) -> None:
    """Load C1 with these cells, and C2, who is named by a part."""
    feed.write("customers.csv", [CUSTOMER | {"officer_code": "O1"} | cells, CUSTOMER | {"customer_no": "C2"}])
    feed.load()


def test_a_column_edited_here_is_written_down_once_with_what_the_bank_says(edited: Feed) -> None:
    edited.load()
    edited.load()
    assert told() == [("C1", "phone", PHONE, "")]


def test_an_empty_cell_is_a_word_of_the_banks_too(edited: Feed) -> None:
    bring(edited, phone="", city="Brno")
    assert told() == [("C1", "phone", "", "")]


def test_a_dry_run_writes_none_down(edited: Feed) -> None:
    assert edited.load(dry_run=True).kept_edits.count == 1
    assert told() == []


def test_the_difference_follows_the_bank_and_goes_when_both_agree(edited: Feed) -> None:
    edited.load()
    bring(edited, phone="+420602118299")
    assert told() == [("C1", "phone", "+420602118299", "")]
    bring(edited, phone=EDITED)
    assert told() == []


def test_what_was_kept_waits_anew_only_when_the_bank_says_something_else(edited: Feed, people: Any) -> None:
    edited.load()
    settle(difference_keep, people.alice)
    edited.load()
    assert told() == [("C1", "phone", PHONE, "KEPT")]
    bring(edited, phone="+420602118299")
    assert told() == [("C1", "phone", "+420602118299", "")]


def test_what_was_taken_is_the_banks_again(edited: Feed, people: Any) -> None:
    edited.load()
    settle(difference_take, people.alice)
    bring(edited, phone="+420602118299")
    assert told() == []
    assert Customer.objects.get(customer_no="C1").phone == "+420602118299"


def test_what_was_taken_and_edited_again_waits_anew(edited: Feed, people: Any) -> None:
    edited.load()
    settle(difference_take, people.alice)
    customer = Customer.objects.get(customer_no="C1")
    customer_edit(customer_id=customer.pk, changes={"phone": EDITED}, actor=people.alice)
    assert told() == [("C1", "phone", PHONE, "TAKEN")]
    edited.load()
    assert told() == [("C1", "phone", PHONE, "")]
