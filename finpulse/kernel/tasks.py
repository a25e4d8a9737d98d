"""What a ring starts in a worker."""

from celery import shared_task

from finpulse.kernel.broker import TASK
from finpulse.kernel.queue.worker import run_queued


@shared_task(name=TASK)
def run(task_id: int) -> None:
    """Run one queued row, unless another does or did."""
    run_queued(task_id)
