"""A relay and a worker on a private broker, with a mail server of their own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from tests.chaos.processes import Processes, environment
from tests.services.mail import mail_server
from tests.services.rabbitmq import rabbitmq_node
from tests.services.valkey import valkey_node

BROKERS = {"valkey": valkey_node, "rabbitmq": rabbitmq_node}


@pytest.fixture(scope="module", params=list(BROKERS))
def stack(request: pytest.FixtureRequest, tmp_path_factory: Any, django_db_setup: None) -> Iterator[SimpleNamespace]:
    """Broker, mail server, relay and one worker, on the test database."""
    folder = tmp_path_factory.mktemp(request.param)
    logs = tmp_path_factory.mktemp("logs")
    with BROKERS[request.param](folder) as broker, mail_server() as mail:
        processes = Processes(environment(broker_url=broker.url, email_url=mail.url), logs)
        try:
            processes.relay()
            worker = processes.worker()
            yield SimpleNamespace(
                name=request.param, broker=broker, mail=mail, processes=processes, worker=worker
            )
        finally:
            processes.end()


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], stack: SimpleNamespace) -> Callable[[str], None]:
    """Print a measurement past the capture."""

    def line(text: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n  {stack.name}: {text}")

    return line
