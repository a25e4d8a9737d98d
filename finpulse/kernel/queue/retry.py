"""Trying again what was given up."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from finpulse.kernel.errors import DomainError
from finpulse.kernel.models import QueuedTask
from finpulse.kernel.policies import may_retry
from finpulse.kernel.queue.handlers import handlers
from finpulse.kernel.queue.outbox import wake_relays
from finpulse.kernel.signals import queued_task_retried


class QueuedTaskRetryRefused(DomainError):
    """The task was not given up, or is not the actor's to try."""


@transaction.atomic
def queued_task_retry(*, task_id: int, actor: Any) -> QueuedTask:
    """Let a task that was given up wait again, with all its attempts before it and its last error kept.

    :raises QueuedTaskRetryRefused: with a sentence fit for the screen.
    """
    task = QueuedTask.objects.select_for_update().get(pk=task_id)
    verdict = may_retry(actor, task)
    if not verdict:
        raise QueuedTaskRetryRefused(verdict.reason)
    QueuedTask.objects.filter(pk=task.pk).update(
        state=QueuedTask.State.WAITING, attempts=0, rings=0, available_at=Now(), finished_at=None
    )
    if task.name in handlers and (taken_up := handlers.get(task.name).taken_up):
        taken_up(**task.arguments)
    queued_task_retried.send(sender=QueuedTask, task=task, actor=actor)
    wake_relays()
    return task
