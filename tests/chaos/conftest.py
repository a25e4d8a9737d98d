"""A relay and a worker on a private broker, with a mail server of their own, and a bank committed for them to read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from crm.models import Holding, HoldingParty
from finpulse.kernel.models import QueuedTask
from notifications.models import Message
from tests.chaos.processes import Processes, environment
from tests.fixtures import on_test_database
from tests.people import make_bank, make_people, make_units
from tests.services.mail import mail_server
from tests.services.rabbitmq import rabbitmq_node
from tests.services.valkey import valkey_node

BROKERS = {"valkey": valkey_node, "rabbitmq": rabbitmq_node}


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
