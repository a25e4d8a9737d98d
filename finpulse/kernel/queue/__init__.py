"""The row is the queue, the broker only the doorbell (architecture.md, section 5)."""

from finpulse.kernel.queue.handlers import handler
from finpulse.kernel.queue.outbox import enqueue, enqueue_many

__all__ = ["enqueue", "enqueue_many", "handler"]
