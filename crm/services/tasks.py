"""Follow-ups."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from crm import policies
from crm.models import Customer, Interaction, Task
from crm.services.texts import checked_text
from finpulse.audit.services import record
from finpulse.identity.models import User
from finpulse.kernel.errors import DomainError, InputError

LONGEST_TITLE = 200


class TaskAddRefused(DomainError):
    """The actor may not plan for this customer."""


class TaskCompleteRefused(DomainError):
    """The actor may not complete this task."""


@transaction.atomic
def task_add(
    *, customer_id: int, title: str, due_on: date, actor: User, interaction: Interaction | None = None
) -> Task:
    """Plan a follow-up for the actor himself.

    :raises TaskAddRefused: when the actor may not.
    :raises InputError: for an empty or too long title, a full card number, a day that is past.
    """
    customer = Customer.objects.select_for_update(no_key=True).get(pk=customer_id)
    verdict = policies.may_add_task(actor, customer)
    if not verdict:
        raise TaskAddRefused(verdict.reason)
    if due_on < timezone.localdate():
        raise InputError("The day is past. Choose today or later.", field="due_on")
    task = Task.objects.create(
        customer=customer,
        title=checked_text(title, field="title", longest=LONGEST_TITLE),
        due_on=due_on,
        assignee=actor,
        created_by=actor,
        interaction=interaction,
    )
    record("crm.task.added", actor=actor, subject=customer, detail={"task": task.pk, "due_on": due_on.isoformat()})
    return task


@transaction.atomic
def task_complete(*, task_id: int, actor: User) -> Task:
    """Mark a task done. Done twice is done once: the second time changes nothing.

    :raises TaskCompleteRefused: when the actor may not.
    """
    task: Task = Task.objects.select_for_update(of=("self",)).select_related("customer").get(pk=task_id)
    verdict = policies.may_complete_task(actor, task)
    if not verdict:
        raise TaskCompleteRefused(verdict.reason)
    if task.state == Task.State.DONE:
        return task
    task.state, task.done_at, task.done_by = Task.State.DONE, timezone.now(), actor
    Task.objects.filter(pk=task.pk).update(state=task.state, done_at=task.done_at, done_by=actor)
    record("crm.task.completed", actor=actor, subject=task.customer, detail={"task": task.pk})
    return task
