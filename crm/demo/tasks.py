"""What managers have to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from crm.demo.dice import Dice
from crm.demo.rows import CustomerRow, TaskRow

_TITLES = (
    "Call back about the offer",
    "Send the key information document",
    "Ask for the missing financial statements",
    "Renew the due diligence questionnaire",
    "Arrange the annual review",
    "Answer the complaint about fees",
    "Prepare the refixing offer",
    "Check the new signature card",
)
_OPEN_TASK, _DONE_TASK = 0.012, 0.03


class TaskMaker:
    """Makes tasks of one bank."""

    def __init__(self, *, midnight: datetime) -> None:
        """`midnight` is the moment at which the day begins at the bank."""
        self._midnight = midnight

    def tasks(self, dice: Dice, customer: CustomerRow) -> Iterator[TaskRow]:
        """Yield what chance gives his manager to do, and what he has done."""
        if customer.manager_id is None or customer.status not in {"ACTIVE", "PROSPECT"}:
            return
        if dice.chance(_OPEN_TASK):
            yield self.task(customer, dice.pick(_TITLES), dice.below(22) - 4)
        if dice.chance(_DONE_TASK):
            yield self.task(customer, dice.pick(_TITLES), -dice.below(60), done=True)

    def task(self, customer: CustomerRow, title: str, days: int, *, done: bool = False) -> TaskRow:
        """Give a task of the customer's manager, due so many days from today."""
        who = customer.manager_id or 0
        due_at = self._midnight + timedelta(days=days)
        made_at = min(due_at, self._midnight) - timedelta(days=7)
        row = TaskRow(customer.id, title, due_at.date(), who, "OPEN", who, made_at)
        if not done:
            return row
        return row._replace(state="DONE", done_at=min(due_at, self._midnight) - timedelta(hours=9), done_by_id=who)
