"""Rows of what is told between members of the cast."""

from __future__ import annotations

from collections.abc import Iterator

from crm.demo.cast.member import Member
from crm.demo.parties import owners_part
from crm.demo.plan import DemoPlan
from crm.demo.rows import CustomerRow, HoldingRow, PartyRow, RelationshipRow


class Casting:
    """The cast of one bank; in a small one some of them are missing."""

    def __init__(self, plan: DemoPlan, first_customer_id: int) -> None:
        """Members have ids that run on from the first."""
        self._there, self._before_first = plan.customers, first_customer_id - 1

    def parties(self, member: Member, place: int, holding: HoldingRow) -> list[PartyRow]:
        """Give the parties of the member's holding at this place."""
        others = [
            PartyRow(holding.id, self._before_first + part.number, part.role, **part.facts)
            for part in member.parts
            if part.holding == place and part.number <= self._there
        ]
        return [owners_part(holding, others), *others]

    def relationships(self, member: Member, customer: CustomerRow) -> Iterator[RelationshipRow]:
        """Yield what the member is to others."""
        for tie in member.ties:
            if tie.number <= self._there:
                yield RelationshipRow(customer.id, self._before_first + tie.number, tie.kind, **tie.facts)
