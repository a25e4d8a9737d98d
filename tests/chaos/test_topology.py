"""The broker is ready before the first worker comes, and keeps what no worker could end."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from json import dumps
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from kombu import Connection

from finpulse.kernel.broker import NAMES
from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue.doorbell import Doorbell
from tests.services.rabbitmq import RabbitNode, rabbitmq_node
from tests.services.wait import until

LIMIT = 2
POLICY = {
    "delivery-limit": LIMIT,
    "dead-letter-exchange": "crm.dlx",
    "dead-letter-strategy": "at-least-once",
    "overflow": "reject-publish",
}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RabbitNode]:
    """A RabbitMQ that no worker has seen."""
    with rabbitmq_node(tmp_path_factory.mktemp("fresh")) as node:
        yield node


@pytest.fixture
def channel(node: RabbitNode, settings: Any) -> Iterator[Any]:
    """A channel of that node, where the doorbell rings too."""
    settings.CELERY_BROKER_URL = node.url
    with Connection(node.url) as connection:
        yield connection.default_channel


def count(channel, queue):
    return channel.queue_declare(queue, passive=True).message_count


def ring():
    bell = Doorbell()
    try:
        bell.ring(QueuedTask(pk=1, name="nobody's", queue="mail"))
    finally:
        bell.close()


def test_a_ring_before_the_first_worker_waits_for_it(channel):
    ring()
    until(lambda: count(channel, "mail") == 1, "the ring is kept")
    channel.queue_purge("mail")


def test_the_command_declares_durable_quorum_queues_and_may_be_repeated(node, channel):
    for _ in range(2):
        said = StringIO()
        call_command("declare_queues", stdout=said)
        assert said.getvalue() == "Declared default, mail, llm, dead_letters.\n"
    listed = node.control("list_queues", "--quiet", "name", "type", "durable").split("\n")
    kinds = {line.split("\t")[0]: line.split("\t")[1:] for line in listed if "\t" in line}
    assert [kinds[name] for name in (*NAMES, "dead_letters")] == [["quorum", "true"]] * (len(NAMES) + 1)


def test_the_command_says_when_the_broker_is_away(settings):
    settings.CELERY_BROKER_URL = "amqp://guest:guest@127.0.0.1:9//"
    with pytest.raises(CommandError, match="The broker did not take the queues"):
        call_command("declare_queues")


def test_a_ring_that_kills_worker_after_worker_becomes_a_dead_letter(node, channel):
    call_command("declare_queues", stdout=StringIO())
    node.control("set_policy", "crm-queues", "^(default|mail|llm)$", dumps(POLICY), "--apply-to", "queues")
    ring()
    deliveries = 0

    def is_dead():
        nonlocal deliveries
        message = channel.basic_get("mail")
        if message is not None:
            deliveries += 1
            channel.basic_reject(message.delivery_tag, requeue=True)
        return count(channel, "dead_letters") == 1

    until(is_dead, "the ring is a dead letter")
    assert deliveries == LIMIT + 1
    assert count(channel, "mail") == 0
