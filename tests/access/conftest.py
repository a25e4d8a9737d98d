"""What the tests of the matrix share: its tally, printed once, and the bank seen from one user."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from tests.access.tally import Findings, Tally
from tests.access.world import Builder, World

TALLY = pytest.StashKey[Tally]()


@pytest.fixture(scope="session")
def tally(request: pytest.FixtureRequest) -> Tally:
    """Count over the whole run."""
    return request.config.stash.setdefault(TALLY, Tally())


@pytest.fixture
def findings(tally: Tally, request: pytest.FixtureRequest) -> Iterator[Findings]:
    """Gather what is wrong; with -x the first finding ends the test."""
    started_at = time.monotonic()
    found = Findings(tally, at_once=request.config.option.maxfail == 1)
    logging.disable(logging.CRITICAL)
    yield found
    logging.disable(logging.NOTSET)
    tally.seconds += time.monotonic() - started_at


@pytest.fixture
def world_of(db: None) -> Callable[[str], World]:
    """Give a maker of the bank around a user; the planner knows its size, as in a bank that is at work."""

    def build(username: str) -> World:
        world = Builder(username).build()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return world

    return build


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say once what was asked."""
    if TALLY in config.stash:
        terminalreporter.write_line(f"access matrix: {config.stash[TALLY]}")
