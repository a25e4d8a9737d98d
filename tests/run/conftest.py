"""Copies of the checkout for one test."""

from collections.abc import Callable, Iterator

import pytest

from tests.run.checkout import Checkout, copies


@pytest.fixture
def new_checkout() -> Iterator[Callable[[], Checkout]]:
    """Give a maker of copies."""
    with copies() as make:
        yield make


@pytest.fixture
def checkout(new_checkout: Callable[[], Checkout]) -> Checkout:
    """Give one copy."""
    return new_checkout()
