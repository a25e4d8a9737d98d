"""The broker's queues, the same for who rings and who runs. Read before Django is set up: it knows no model."""

from kombu import Exchange, Queue

NAMES = ("default", "mail", "llm")
# Not direct: native delayed delivery of quorum queues needs a topic exchange.
EXCHANGE = Exchange("crm", type="topic", durable=True)
QUORUM = {"x-queue-type": "quorum"}
# Where the broker puts a message that it has given out too often; a policy leads there (docs/operations/queue.md).
DEAD_LETTERS = Exchange("crm.dlx", type="fanout", durable=True)
# The task that every ring names; its one argument is the row's id.
TASK = "finpulse.run_queued"


def queues() -> list[Queue]:
    """Give the queues. Keys are flat: were one a dotted suffix of another, both queues would get its messages."""
    return [Queue(name, EXCHANGE, routing_key=name, durable=True, queue_arguments=QUORUM) for name in NAMES]


def dead_letters() -> Queue:
    """Give the queue of messages that no worker could end; only people read it."""
    return Queue("dead_letters", DEAD_LETTERS, durable=True, queue_arguments=QUORUM)
