"""Copies of the checkout."""

import sys
from collections.abc import Callable, Iterator

import pytest

from tests.run.checkout import Checkout, copies


@pytest.fixture(scope="session")
def checkout() -> Iterator[Checkout]:
    """Give one copy for all tests that leave it as they found it: at rest, its data kept."""
    with copies() as make:
        yield make()


@pytest.fixture
def new_checkout() -> Iterator[Callable[[], Checkout]]:
    """Give a maker of copies that nobody has used."""
    with copies() as make:
        yield make


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Print what was tried past the capture."""

    def line(text: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n  {text}")

    return line
