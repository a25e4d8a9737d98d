"""The tables of a demo bank, in the order in which they are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from crm.demo.rows import CustomerRow, EventRow, HoldingRow, InteractionRow, PartyRow, TaskRow
from crm.models import Customer, Holding, HoldingParty, Interaction, Task
from finpulse.audit.models import AuditEvent


@dataclass(frozen=True)
class Table:
    """A table by the name that counts use, with what its rows tell."""

    name: str
    model: type[Model]
    row: Any


OWN = (
    Table("customers", Customer, CustomerRow),
    Table("holdings", Holding, HoldingRow),
    Table("parties", HoldingParty, PartyRow),
    Table("interactions", Interaction, InteractionRow),
    Table("tasks", Task, TaskRow),
)
TABLES = (*OWN, Table("events", AuditEvent, EventRow))
OWN_MODELS = tuple(table.model for table in OWN)
