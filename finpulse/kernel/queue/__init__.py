"""The row is the queue, the broker only the doorbell (architecture.md, section 5)."""

from finpulse.kernel.queue.handlers import TryAgain, handler
from finpulse.kernel.queue.outbox import enqueue, enqueue_many

__all__ = ["TryAgain", "enqueue", "enqueue_many", "handler"]
