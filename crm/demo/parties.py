"""Who else is party to a holding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from crm.demo.dice import Dice
from crm.demo.rows import CustomerRow, HoldingRow, PartyRow
from crm.demo.ties import Ties, ended

_OF_COUPLE = {"ACCOUNT": 0.35, "TERM_DEPOSIT": 0.12, "LOAN": 0.45, "INVESTMENT": 0.08}
_OF_ANY = {"ACCOUNT": 0.05, "TERM_DEPOSIT": 0.03, "LOAN": 0.14, "INVESTMENT": 0.02}
_AUTHORISED, _GUARANTEED, _ENDED, _SHARED = 0.03, 0.14, 0.08, 0.6
_FIRST_SHARES = (Decimal("0.5"), Decimal("0.5"), Decimal("0.5"), Decimal("0.6"), Decimal("0.75"))


class PartyMaker:
    """Makes the parties of one bank's holdings."""

    def __init__(self, today: date) -> None:
        """Parts that ended did so before today."""
        self._today = today

    def parties(
        self, dice: Dice, owner: CustomerRow, holding: HoldingRow, ties: Ties, other: CustomerRow | None
    ) -> list[PartyRow]:
        """Give the owner's part, and at times others': of those he is tied to, or of somebody else."""
        others = list(self._others(dice, owner, holding, ties, other))
        return [owners_part(holding, others), *others]

    def _others(
        self, dice: Dice, owner: CustomerRow, holding: HoldingRow, ties: Ties, other: CustomerRow | None
    ) -> Iterator[PartyRow]:
        if holding.kind == "ACCOUNT" and ties.operators:
            for each in ties.operators:
                yield self._part(dice, holding, each, "AUTHORISED")
        elif owner.kind == "PERSON" and ties.joint and dice.chance(_OF_COUPLE.get(holding.kind, 0)):
            yield self._joint(dice, holding, ties.joint)
        elif other is not None:
            yield from self._of_another(dice, owner, holding, ties.guarantor or other, other)

    def _of_another(
        self, dice: Dice, owner: CustomerRow, holding: HoldingRow, guarantor: CustomerRow, other: CustomerRow
    ) -> Iterator[PartyRow]:
        if owner.kind == "PERSON" and dice.chance(_OF_ANY.get(holding.kind, 0)):
            yield self._joint(dice, holding, other)
        elif holding.kind == "ACCOUNT" and dice.chance(_AUTHORISED):
            yield self._part(dice, holding, other, "AUTHORISED")
        elif holding.kind == "LOAN" and dice.chance(_GUARANTEED):
            whole = holding.original_amount or holding.credit_limit or Decimal(0)
            amount = (whole / 2).quantize(Decimal(1))
            yield self._part(dice, holding, guarantor, "GUARANTOR")._replace(amount=amount)

    def _joint(self, dice: Dice, holding: HoldingRow, other: CustomerRow) -> PartyRow:
        part = self._part(dice, holding, other, "JOINT")
        # A part that ended had no share that the others' would still lack.
        return part if part.until_on or not dice.chance(_SHARED) else part._replace(share=1 - dice.pick(_FIRST_SHARES))

    def _part(self, dice: Dice, holding: HoldingRow, other: CustomerRow, role: str) -> PartyRow:
        since_on = holding.opened_on
        if dice.chance(0.3):
            since_on = dice.day(since_on, self._today - timedelta(days=1))
        until_on = ended(dice, since_on, self._today, sure=dice.chance(_ENDED))
        return PartyRow(holding.id, other.id, role, since_on=since_on, until_on=until_on)


def owners_part(holding: HoldingRow, others: list[PartyRow]) -> PartyRow:
    """Give the primary owner's part: what shares of joint owners leave, where they are known."""
    shares = [part.share for part in others if part.role == "JOINT" and part.share is not None]
    share = 1 - sum(shares, Decimal(0)) if shares else None
    return PartyRow(holding.id, holding.customer_id, "OWNER", share=share, since_on=holding.opened_on)
