"""The tables of a demo bank, in the order in which they are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from crm.demo.rows import (
    CustomerRow,
    EventRow,
    HoldingRow,
    InteractionRow,
    PartyRow,
    PositionRow,
    RelationshipRow,
    TaskRow,
)
from crm.models import Balance, Customer, Holding, HoldingParty, Interaction, Position, Relationship, Task
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
    Table("positions", Position, PositionRow),
    Table("relationships", Relationship, RelationshipRow),
    Table("interactions", Interaction, InteractionRow),
    Table("tasks", Task, TaskRow),
)
TABLES = (*OWN, Table("events", AuditEvent, EventRow))
# Balances are not copied: they follow from the holdings (see `crm.demo.balances`).
OWN_MODELS: tuple[type[Model], ...] = (*(table.model for table in OWN), Balance)
