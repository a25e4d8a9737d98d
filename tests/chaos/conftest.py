"""A relay and a worker on a private broker, with a mail server of their own, and a bank committed for them to read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from crm.models import Holding, HoldingParty
from finpulse.kernel.models import QueuedTask
from notifications.models import Message
from tests.chaos.processes import Processes, environment
from tests.people import make_bank, make_people, make_units
from tests.services.mail import mail_server
from tests.services.rabbitmq import rabbitmq_node
from tests.services.valkey import valkey_node

BROKERS = {"valkey": valkey_node, "rabbitmq": rabbitmq_node}


@pytest.fixture(scope="session")
def committed_database(
    django_db_setup: None, django_db_blocker: Any, django_db_keepdb: bool, django_db_createdb: bool
) -> Iterator[None]:
    """The test database, open to commits.

    pytest-django makes it for tests that bear its mark, which then run in a transaction or flush each time. These bear
    none: run alone, they would find the local database, and empty it.
    """
    with django_db_blocker.unblock():
        made = None
        if not on_test_database():
            keep = django_db_keepdb and not django_db_createdb
            made = setup_databases(verbosity=0, interactive=False, aliases={"default"}, keepdb=keep)
        assert on_test_database()
        yield
        if made is not None and not django_db_keepdb:
            teardown_databases(made, verbosity=0)


def on_test_database() -> bool:
    """Tell whether this process is connected to the database that tests may empty."""
    return bool(connection.settings_dict["NAME"] == connection.settings_dict["TEST"]["NAME"])


@pytest.fixture(scope="package")
def bank(committed_database: None) -> Iterator[SimpleNamespace]:
    """The people and customers of every test, committed: other processes read them. Flushed once, at the end."""
    try:
        units = make_units()
        yield make_bank(make_people(units), units)
    finally:
        assert on_test_database()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="package", params=list(BROKERS))
def stack(
    request: pytest.FixtureRequest, bank: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SimpleNamespace]:
    """Broker, mail server, relay and one worker, on the test database."""
    folder, logs = (tmp_path_factory.mktemp(name) for name in (request.param, "logs"))
    with BROKERS[request.param](folder) as broker, mail_server() as mail:
        processes = Processes(environment(broker_url=broker.url, email_url=mail.url), logs)
        try:
            processes.relay()
            worker = processes.worker()
            yield SimpleNamespace(name=request.param, broker=broker, mail=mail, processes=processes, worker=worker)
        finally:
            processes.end()


@pytest.fixture
def nothing_queued(stack: SimpleNamespace) -> None:
    """Begin each test with an empty queue and no deposits that mature."""
    stack.mail.forget()
    QueuedTask.objects.all().delete()
    Message.objects.all().delete()
    maturing = Holding.objects.filter(matures_on__isnull=False)
    HoldingParty.objects.filter(holding__in=maturing).delete()
    maturing.delete()


@pytest.fixture
def say_plainly(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Print a measurement past the capture."""

    def line(text: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n  {text}")

    return line


@pytest.fixture
def say(say_plainly: Callable[[str], None], stack: SimpleNamespace) -> Callable[[str], None]:
    """Print a measurement on this broker past the capture."""
    return lambda text: say_plainly(f"{stack.name}: {text}")
