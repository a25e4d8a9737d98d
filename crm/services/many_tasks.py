"""Follow-ups, many at once: all of a selection in one transaction, each judged and each written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from crm import policies
from crm.models import Customer, Task
from crm.selectors.rights import by_rights
from crm.services.tasks import LONGEST_TITLE
from crm.services.texts import checked_text
from finpulse.audit.services import record_many
from finpulse.identity.models import User
from finpulse.kernel.access.backend import ask_together
from finpulse.kernel.bulk import Outcome, check_many
from finpulse.kernel.errors import InputError

SUBJECT = "crm.customer"


@transaction.atomic
def tasks_complete(*, task_ids: Sequence[int], actor: User) -> Outcome:
    """Mark tasks done. One that is done, and one that the actor may not complete, stays as it is and is counted.

    :raises TooManyAtOnce: for more than one go takes.
    """
    tasks = _locked(task_ids, actor)
    able = [task for task in tasks if policies.may_complete_task(actor, task)]
    waiting = [task for task in able if task.state == Task.State.OPEN]
    Task.objects.filter(pk__in=[task.pk for task in waiting]).update(
        state=Task.State.DONE, done_at=timezone.now(), done_by=actor
    )
    details = _by_right(actor, [(task.customer_id, {"task": task.pk}) for task in waiting])
    record_many("crm.task.completed", actor=actor, subject_type=SUBJECT, details=details)
    return Outcome(len(waiting), already=len(able) - len(waiting), refused=len(set(task_ids)) - len(able))


@transaction.atomic
def tasks_move(*, task_ids: Sequence[int], due_on: date, actor: User) -> Outcome:
    """Give open tasks another day. One that is due then stays as it is and is counted, as is one that is refused.

    :raises TooManyAtOnce: for more than one go takes.
    :raises InputError: for a day that is past.
    """
    _check_day(due_on)
    tasks = _locked(task_ids, actor)
    able = [task for task in tasks if policies.may_move_task(actor, task)]
    moving = [task for task in able if task.due_on != due_on]
    Task.objects.filter(pk__in=[task.pk for task in moving]).update(due_on=due_on)
    to = due_on.isoformat()
    details = [(task.customer_id, {"task": task.pk, "from": task.due_on.isoformat(), "to": to}) for task in moving]
    record_many("crm.task.moved", actor=actor, subject_type=SUBJECT, details=_by_right(actor, details))
    return Outcome(len(moving), already=len(able) - len(moving), refused=len(set(task_ids)) - len(able))


@transaction.atomic
def tasks_add(*, customer_ids: Sequence[int], title: str, due_on: date, actor: User) -> Outcome:
    """Plan the same follow-up for each customer, for the actor himself; one that waits with a customer is not doubled.

    :raises TooManyAtOnce: for more than one go takes.
    :raises InputError: for an empty or too long title, a full card number, a day that is past.
    """
    check_many(customer_ids)
    _check_day(due_on)
    title = checked_text(title, field="title", longest=LONGEST_TITLE)
    locked = Customer.objects.select_for_update(no_key=True).filter(pk__in=customer_ids).order_by("pk")
    customers = list(locked)
    ask_together(actor, customers, perm="crm.add_task")
    able = [customer for customer in customers if policies.may_add_task(actor, customer)]
    same = Task.objects.filter(title=title, due_on=due_on, assignee=actor, state=Task.State.OPEN)
    planned = set(same.filter(customer__in=able).values_list("customer", flat=True))
    tasks = Task.objects.bulk_create(
        Task(customer=customer, title=title, due_on=due_on, assignee=actor, created_by=actor)
        for customer in able
        if customer.pk not in planned
    )
    details = [(task.customer_id, {"task": task.pk, "due_on": due_on.isoformat()}) for task in tasks]
    record_many("crm.task.added", actor=actor, subject_type=SUBJECT, details=_by_right(actor, details))
    return Outcome(len(tasks), already=len(planned), refused=len(set(customer_ids)) - len(able))


def _by_right(actor: User, details: list[tuple[int, dict[str, Any]]]) -> list[tuple[int, dict[str, Any]]]:
    rights = by_rights(actor, (key for key, _ in details))
    return [(key, detail | rights.get(key, {})) for key, detail in details]


def _locked(task_ids: Sequence[int], actor: User) -> list[Task]:
    check_many(task_ids)
    rows = Task.objects.select_for_update(of=("self",)).filter(pk__in=task_ids).order_by("pk")
    tasks = list(rows)
    ask_together(actor, tasks, perm="crm.change_task")
    return tasks


def _check_day(due_on: date) -> None:
    if due_on < timezone.localdate():
        raise InputError("The day is past. Choose today or later.", field="due_on")
