"""What can be done with many tasks or customers at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from crm import policies
from crm.models import Customer, Task
from crm.services import tasks_add, tasks_complete, tasks_move
from crm.services.tasks import LONGEST_TITLE
from finpulse.kernel.access import NO, Verdict
from finpulse.kernel.access.backend import ask_together
from finpulse.kernel.admin.bulk import BulkVerb
from finpulse.kernel.admin.bulk.verb import counted
from finpulse.kernel.bulk import Outcome


def _day_field(label: str, **attrs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d"))


class DayForm(forms.Form):
    """Another day."""

    due_on = _day_field("New due date", autofocus=True)


class TaskForm(forms.Form):
    """A follow-up."""

    title = forms.CharField(
        label="What is to be done", max_length=LONGEST_TITLE, widget=forms.TextInput(attrs={"autofocus": True})
    )
    due_on = _day_field("By")


class _OfTasks(BulkVerb):
    permission = "crm.change_task"

    def rows(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Read the customers along."""
        return rows.select_related("customer")

    def names(self, rows: Sequence[Task]) -> list[str]:
        """Say what, and with whom."""
        return [f"{row.title} · {row.customer.name}" for row in rows]


class TasksDone(_OfTasks):
    """Mark done."""

    name, label = "done", "Mark done"
    done_words, already_words = "marked done", "done already"

    def question(self, count: int) -> str:
        """How many."""
        return f"Mark {counted(count, 'task', 'tasks')} done"

    def verdicts(self, actor: Any, rows: Sequence[Task]) -> list[Verdict]:
        """Whoever may change the customer may; what is done stays done."""
        ask_together(actor, rows, perm=self.permission)
        done = NO("Done already.")
        return [done if row.state == Task.State.DONE else policies.may_complete_task(actor, row) for row in rows]

    def do(self, *, keys: list[int], actor: Any, facts: dict[str, Any]) -> Outcome:
        """Complete them."""
        return tasks_complete(task_ids=keys, actor=actor)


class TasksMove(_OfTasks):
    """Move the due date."""

    name, label = "move", "Move the due date"
    done_words, already_words = "moved", "due then already"
    form = DayForm

    def question(self, count: int) -> str:
        """How many."""
        return f"Move {counted(count, 'task', 'tasks')} to another day"

    def verdicts(self, actor: Any, rows: Sequence[Task]) -> list[Verdict]:
        """Open ones, by whoever may change the customer."""
        ask_together(actor, rows, perm=self.permission)
        return [policies.may_move_task(actor, row) for row in rows]

    def do(self, *, keys: list[int], actor: Any, facts: dict[str, Any]) -> Outcome:
        """Move them."""
        return tasks_move(task_ids=keys, due_on=facts["due_on"], actor=actor)


class CustomersTask(BulkVerb):
    """Add the same task to each."""

    name, label, permission = "task", "Add a task to each", "crm.add_task"
    done_words, already_words = "tasks added", "planned already"
    form = TaskForm

    def question(self, count: int) -> str:
        """How many."""
        return f"Add a task to {counted(count, 'customer', 'customers')}"

    def verdicts(self, actor: Any, rows: Sequence[Customer]) -> list[Verdict]:
        """Whoever may change the customer may."""
        ask_together(actor, rows, perm=self.permission)
        return [policies.may_add_task(actor, row) for row in rows]

    def do(self, *, keys: list[int], actor: Any, facts: dict[str, Any]) -> Outcome:
        """Plan them."""
        return tasks_add(customer_ids=keys, title=facts["title"], due_on=facts["due_on"], actor=actor)
