"""What one customer has and owes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from crm.demo import accounts, cards, deposits, investments, loans
from crm.demo.dice import Dice
from crm.demo.identifiers import iban
from crm.demo.rows import CustomerRow, HoldingRow

_EMPTY = dict.fromkeys(HoldingRow._fields)
_BLANK = {
    "iban": "",
    "product_code": "",
    "name": "",
    "rate_type": "",
    "status": "ACTIVE",
    "currency": "CZK",
    "source": "demo",
}
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
                yield self.holding(owner, _as_his_status_has_it(dice, facts, owner))

    def holding(self, owner: CustomerRow, facts: dict[str, Any]) -> HoldingRow:
        """Give a holding with these facts."""
        self.count += 1
        as_of = {"balance_as_of": self._as_of} if facts.get("balance") is not None else {}
        own_iban = {"iban": iban(self.count)} if facts["kind"] == "ACCOUNT" else {}
        head = {
            "id": next(self._ids),
            "holding_no": f"DH{self.count:06d}",
            "customer_id": owner.id,
            "created_at": self.midnight,
            "updated_at": self.midnight,
        }
        row: dict[str, Any] = _EMPTY | _BLANK | own_iban | as_of | facts | head
        return HoldingRow(**row)


def _as_his_status_has_it(dice: Dice, facts: dict[str, Any], owner: CustomerRow) -> dict[str, Any]:
    if owner.status == "CLOSED":
        return _closed(dice, facts, max(owner.closed_on or facts["opened_on"], facts["opened_on"]))
    if owner.status == "DECEASED" and facts["status"] == "ACTIVE":
        return facts | {"status": "BLOCKED"}
    if owner.status == "DORMANT" and facts["kind"] == "ACCOUNT":
        return facts | {"status": "DORMANT"}
    if facts["status"] == "ACTIVE" and dice.chance(_UNKNOWN_BALANCE):
        return facts | {"balance": None, "available": None}
    return facts


def _closed(dice: Dice, facts: dict[str, Any], day: date) -> dict[str, Any]:
    ends = facts.get("matures_on")
    return facts | {
        "status": "CLOSED",
        "balance": dice.nothing,
        "available": None,
        "next_due_on": None,
        "days_past_due": None,
        "overdue_amount": None,
        "closed_on": min(day, ends) if ends else day,
    }
