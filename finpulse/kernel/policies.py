"""Who may do what with queued work."""

from typing import Any

from finpulse.kernel.access import NO, YES, Verdict
from finpulse.kernel.models import QueuedTask


def may_retry(actor: Any, task: QueuedTask) -> Verdict:
    """Who runs FinPulse, once the task was given up: until then the queue tries by itself."""
    if not actor.has_perm("kernel.change_queuedtask", task):
        return NO("Your role does not run the queue.")
    if task.state != QueuedTask.State.DEAD:
        return NO(f"Task {task.pk} was not given up; it is {task.get_state_display()}.")
    return YES
