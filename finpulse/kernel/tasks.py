"""What a ring starts in a worker."""

from celery import shared_task
from django.utils import timezone

from finpulse.kernel.broker import TASK
from finpulse.kernel.proposals.deciding import proposals_apply_due
from finpulse.kernel.queue.worker import run_queued


@shared_task(name=TASK)
def run(task_id: int) -> None:
    """Run one queued row, unless another does or did."""
    run_queued(task_id)


@shared_task(name="kernel.apply_due_proposals")
def apply_due_proposals() -> None:
    """Apply what is approved and whose day has come."""
    proposals_apply_due(today=timezone.localdate())
