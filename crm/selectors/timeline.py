"""What happened with a customer, newest first, and what is planned, read along with him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Value
from django.db.models.functions import Coalesce, Concat, JSONObject, NullIf, Trim

from crm.models import Interaction, Task

SHOWN = 10
ICONS = {"CALL": "phone", "EMAIL": "envelope", "MEETING": "user-group", "VISIT": "user-group"}


@dataclass(frozen=True)
class SaidBefore:
    """An interaction as the page shows it."""

    channel: str
    direction: str
    summary: str
    occurred_at: datetime
    author: str

    @property
    def icon(self) -> str:
        """What stands before it."""
        return ICONS.get(self.channel, "chat-bubble-left")

    @property
    def channel_label(self) -> str:
        """The channel in words."""
        return Interaction.Channel(self.channel).label

    @property
    def direction_label(self) -> str:
        """The direction in words."""
        return Interaction.Direction(self.direction).label


@dataclass(frozen=True)
class Planned:
    """An open task as the page shows it."""

    pk: int
    title: str
    due_on: date
    assignee: str


def said_read() -> ArraySubquery:
    """Give the latest interactions as an annotation of a query over customers."""
    rows = Interaction.objects.filter(customer=OuterRef("pk")).order_by("-occurred_at", "-pk")
    facts = {name: F(name) for name in ("channel", "direction", "summary", "occurred_at")}
    return ArraySubquery(rows.values(facts=JSONObject(**facts, author=_name_of("author")))[:SHOWN])


def planned_read() -> ArraySubquery:
    """Give the open tasks, the soonest first, as an annotation of a query over customers."""
    rows = Task.objects.filter(customer=OuterRef("pk"), state=Task.State.OPEN).order_by("due_on", "pk")
    facts = {name: F(name) for name in ("pk", "title", "due_on")}
    return ArraySubquery(rows.values(facts=JSONObject(**facts, assignee=_name_of("assignee")))[:SHOWN])


def interactions_of(customer: Any) -> list[SaidBefore]:
    """Give the latest interactions of a customer read for his page."""
    return [SaidBefore(**said | {"occurred_at": datetime.fromisoformat(said["occurred_at"])}) for said in customer.said]


def open_tasks_of(customer: Any) -> list[Planned]:
    """Give the open tasks of a customer read for his page, the soonest first."""
    return [Planned(**task | {"due_on": date.fromisoformat(task["due_on"])}) for task in customer.planned]


def _name_of(person: str) -> Coalesce:
    """Give the name as a user's own page says it: in full, else the one he signs in with."""
    in_full = Trim(Concat(F(f"{person}__first_name"), Value(" "), F(f"{person}__last_name")))
    return Coalesce(NullIf(in_full, Value("")), F(f"{person}__username"))
