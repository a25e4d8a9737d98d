"""Who else is party to a holding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from crm.demo.books import Desk
from crm.demo.dice import Dice
from crm.demo.rows import CustomerRow, HoldingRow, PartyRow

_ELSEWHERE = 0.1
_JOINT = {"ACCOUNT": 0.07, "TERM_DEPOSIT": 0.04, "LOAN": 0.2, "INVESTMENT": 0.02}
_AUTHORISED = {"PERSON": 0.03, "ORGANISATION": 0.3}
_GUARANTEED, _ENDED = 0.12, 0.05
_HALF = Decimal("0.5")


class PartyMaker:
    """Finds a second party among customers met before: mostly of the same desk or unit, sometimes of another's."""

    def __init__(self) -> None:
        """Know nobody yet."""
        self._of_desk: dict[int, int] = {}
        self._of_unit: dict[int | None, int] = {}
        self._anywhere: int | None = None

    def meet(self, customer: CustomerRow, desk: Desk) -> None:
        """Let a customer be a second party from now on, if he is a person who may."""
        if customer.kind == "PERSON" and customer.status == "ACTIVE" and not customer.restricted:
            self._of_desk[desk.key] = self._of_unit[desk.unit_id] = self._anywhere = customer.id

    def parties(self, dice: Dice, owner: CustomerRow, desk: Desk, holding: HoldingRow) -> Iterator[PartyRow]:
        """Yield the owner's part, and at times another's."""
        yield PartyRow(holding.id, owner.id, "OWNER", since_on=holding.opened_on)
        other = self._anywhere if dice.chance(_ELSEWHERE) else self._near(desk)
        if other is None:
            return
        if owner.kind == "PERSON" and dice.chance(_JOINT.get(holding.kind, 0)):
            yield self._joint(dice, holding, other)
        elif holding.kind == "ACCOUNT" and dice.chance(_AUTHORISED[owner.kind]):
            yield PartyRow(holding.id, other, "AUTHORISED", since_on=holding.opened_on)
        elif holding.kind == "LOAN" and holding.original_amount and dice.chance(_GUARANTEED):
            amount = (holding.original_amount / 2).quantize(Decimal(1))
            yield PartyRow(holding.id, other, "GUARANTOR", amount=amount, since_on=holding.opened_on)

    def _near(self, desk: Desk) -> int | None:
        return self._of_desk.get(desk.key) or self._of_unit.get(desk.unit_id)

    def _joint(self, dice: Dice, holding: HoldingRow, other: int) -> PartyRow:
        share = _HALF if dice.chance(0.3) else None
        ended = dice.chance(_ENDED) and holding.balance_as_of and holding.opened_on < holding.balance_as_of
        until_on = (
            dice.day(holding.opened_on + timedelta(days=1), holding.balance_as_of)
            if ended and holding.balance_as_of
            else None
        )
        return PartyRow(holding.id, other, "JOINT", share=share, since_on=holding.opened_on, until_on=until_on)
