"""What one customer has and owes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from crm.demo import accounts, cards, deposits, investments, loans
from crm.demo.dice import Dice
from crm.demo.identifiers import iban
from crm.demo.rows import CustomerRow, HoldingRow

_UNKNOWN_BALANCE = 0.02
_KINDS = (accounts, deposits, loans, cards, investments)


class HoldingMaker:
    """Makes the holdings of one bank, numbered as they come."""

    def __init__(self, *, ids: Iterator[int], today: date, midnight: datetime) -> None:
        """Begin at DH000001; `midnight` is the moment at which the day begins at the bank."""
        self._ids, self.today, self.midnight = ids, today, midnight
        self.count = 0
        self._as_of = today - timedelta(days=1)

    def holdings(self, dice: Dice, owner: CustomerRow) -> Iterator[HoldingRow]:
        """Yield what chance gives him; a prospect has nothing yet."""
        if owner.joined_on is None:
            return
        for kind in _KINDS:
            for facts in kind.draw(dice, owner, self.today):
                _fit_to_owner(dice, facts, owner)
                yield self.holding(owner, facts)

    def holding(self, owner: CustomerRow, facts: dict[str, Any]) -> HoldingRow:
        """Give a holding with these facts, to which the number and what goes with it are added."""
        self.count += 1
        if facts["kind"] == "ACCOUNT":
            facts["iban"] = iban(self.count)
        if facts["balance"] is not None:
            facts["balance_as_of"] = self._as_of
        return HoldingRow(next(self._ids), f"DH{self.count:06d}", owner.id, self.midnight, self.midnight, **facts)


def _fit_to_owner(dice: Dice, facts: dict[str, Any], owner: CustomerRow) -> None:
    """Let a holding follow what became of its owner, and leave a balance unknown now and then."""
    active = facts.get("status", "ACTIVE") == "ACTIVE"
    if owner.status == "CLOSED":
        _close(dice, facts, owner.closed_on or facts["opened_on"])
    elif owner.status == "DECEASED" and active:
        facts["status"] = "BLOCKED"
    elif owner.status == "DORMANT" and active and facts["kind"] == "ACCOUNT":
        facts["status"] = "DORMANT"
    elif active and dice.chance(_UNKNOWN_BALANCE):
        facts["balance"] = facts["available"] = None


def _close(dice: Dice, facts: dict[str, Any], day: date) -> None:
    for name in ("available", "next_due_on", "days_past_due", "overdue_amount"):
        facts.pop(name, None)
    closed_on = max(facts["opened_on"], min(day, facts.get("matures_on") or day))
    facts |= {"status": "CLOSED", "balance": dice.nothing, "closed_on": facts.get("closed_on") or closed_on}
