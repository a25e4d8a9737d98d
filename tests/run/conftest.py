"""Copies of the checkout for one test."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.run.checkout import Checkout


@pytest.fixture
def new_checkout() -> Iterator[Callable[[], Checkout]]:
    """Give a maker of copies that any user of the machine may enter."""
    made: list[Checkout] = []
    with tempfile.TemporaryDirectory(prefix="finpulse-test-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)

        def make() -> Checkout:
            made.append(Checkout(Path(folder) / str(len(made))))
            return made[-1]

        yield make
        for checkout in made:
            checkout.remove()


@pytest.fixture
def checkout(new_checkout: Callable[[], Checkout]) -> Checkout:
    """Give one such copy."""
    return new_checkout()
