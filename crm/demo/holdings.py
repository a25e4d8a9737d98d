"""What one customer has and owes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from crm.demo import accounts, cards, deposits, investments, loans
from crm.demo.dice import Dice
from crm.demo.identifiers import iban
from crm.demo.rows import CustomerRow, HoldingRow, PositionRow

# More than chance or the cast gives anyone.
MOST_HOLDINGS = 20
_UNKNOWN_BALANCE = 0.02
_KINDS = (accounts, deposits, loans, cards, investments)


class Held(NamedTuple):
    """A holding with what is in it."""

    holding: HoldingRow
    positions: list[PositionRow]


class HoldingMaker:
    """Makes the holdings of one bank. Each customer has a run of numbers of his own, of which he takes the first."""

    def __init__(self, *, first_id: int, today: date, midnight: datetime) -> None:
        """`midnight` is the moment at which the day begins at the bank."""
        self._before_first, self.today, self.midnight = first_id - 1, today, midnight
        self._as_of = today - timedelta(days=1)

    def holdings(self, dice: Dice, owner: CustomerRow, number: int, *, child: bool) -> Iterator[Held]:
        """Yield what chance gives the customer of this number; a prospect has nothing yet, a child only savings."""
        if owner.joined_on is None:
            return
        kinds = (accounts.draw_for_child,) if child else (kind.draw for kind in _KINDS)
        drawn = (facts for draw in kinds for facts in draw(dice, owner, self.today))
        for place, facts in enumerate(drawn):
            _fit_to_owner(dice, facts, owner)
            yield self.holding(owner, number, place, facts)

    def holding(self, owner: CustomerRow, number: int, place: int, facts: dict[str, Any]) -> Held:
        """Give the holding at this place of his run, with these facts, to which what goes with them is added."""
        own = (number - 1) * MOST_HOLDINGS + place + 1
        if facts["kind"] == "ACCOUNT":
            facts["iban"] = iban(own)
        if facts["balance"] is not None:
            facts["balance_as_of"] = max(self._as_of, facts["opened_on"])
        row_id, lots = self._before_first + own, facts.pop("lots", ())
        row = HoldingRow(row_id, f"DH{own:06d}", owner.id, self.midnight, self.midnight, **facts)
        return Held(row, [PositionRow(row_id, *lot) for lot in lots])


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
    for name in ("lots", "available", "next_due_on", "days_past_due", "overdue_amount"):
        facts.pop(name, None)
    closed_on = max(facts["opened_on"], min(day, facts.get("matures_on") or day))
    facts |= {"status": "CLOSED", "balance": dice.nothing, "closed_on": facts.get("closed_on") or closed_on}
