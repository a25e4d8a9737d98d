"""A full card number is found however it is written; what only looks like one is let through."""

from __future__ import annotations

import pytest

from crm.card_numbers import find_card_number

CARDS = [
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "4111.1111.1111.1111",
    "4111\u00a01111\u20131111 1111",
    "4111 1111\n1111 1111",
    "3782 822463 10005",
    "4222222222222",
    "6304000000000000000",
    "４１１１１１１１１１１１１１１１",
    "card4111111111111111.pdf",
    "paid 30 4111 1111 1111 1111 on 23.11.2026",
    "+4111 1111 1111 1111",
]
OTHERS = [
    "",
    "4111 1111 1111 1112",
    "0000000000000000",
    "call +49 151 2345 6789 012",
    "CZ65 0800 0000 1920 0014 5399",
    "CZ6508000000192000145399",
    "DK9520000123456789",
    "2026-11-23 12:30, +420 602 118 204",
    "12345678901234567890123456",
    "411111111111",
]


@pytest.mark.parametrize("text", CARDS)
def test_a_card_number_is_found(text: str) -> None:
    assert find_card_number(text)


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_are_not_taken_for_one(text: str) -> None:
    assert not find_card_number(text)
