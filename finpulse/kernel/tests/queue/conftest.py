"""A handler that does as it is told, and a broker to ring at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models.functions import Now

from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue import TryAgain, enqueue, handler
from finpulse.kernel.queue.doorbell import Doorbell
from tests.services.valkey import ValkeyNode, valkey_node

NAME = "tests.note"
LEASE = 5
MOST_ATTEMPTS = 3


@dataclass
class Told:
    """What the handler was called with, and what it is to do then."""

    runs: list[int] = field(default_factory=list)
    given_up: list[int] = field(default_factory=list)
    taken_up: list[int] = field(default_factory=list)
    then: Callable[[int], Any] | None = None
    then_given_up: Callable[[int], Any] | None = None


_told = Told()


def _given_up(number: int) -> None:
    _told.given_up.append(number)
    if _told.then_given_up is not None:
        _told.then_given_up(number)


def _taken_up(number: int) -> None:
    _told.taken_up.append(number)


@handler(NAME, lease_seconds=LEASE, max_attempts=MOST_ATTEMPTS, given_up=_given_up, taken_up=_taken_up)
def _note(number: int) -> None:
    _told.runs.append(number)
    if _told.then is not None:
        _told.then(number)


@pytest.fixture
def told() -> Iterator[Told]:
    """The handler's notes, empty."""
    _told.__init__()  # type: ignore[misc]
    yield _told
    _told.__init__()  # type: ignore[misc]


@pytest.fixture
def queued(told: Told) -> Callable[..., QueuedTask]:
    """Write a row for the handler; give it."""

    def write(number: int = 1, **changes: Any) -> QueuedTask:
        with transaction.atomic():
            enqueue(NAME, number=number)
        row = QueuedTask.objects.latest("pk")
        if changes:
            QueuedTask.objects.filter(pk=row.pk).update(**changes)
            row.refresh_from_db()
        return row

    return write


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValkeyNode]:
    """A broker for these tests."""
    with valkey_node(tmp_path_factory.mktemp("valkey")) as node:
        yield node


@pytest.fixture
def bell(valkey: ValkeyNode, settings: Any) -> Iterator[Doorbell]:
    """A bell at that broker."""
    settings.CELERY_BROKER_URL = valkey.url
    valkey.empty()
    bell = Doorbell()
    yield bell
    bell.close()


def fail(_number: int) -> None:
    """Fail as code fails."""
    raise ZeroDivisionError("a fault")


def put_off(_number: int) -> None:
    """Fail as is expected now and then."""
    raise TryAgain("not now")


def ago(**ages: float) -> Any:
    """Give a moment before the database's now."""
    return Now() - timedelta(**ages)
