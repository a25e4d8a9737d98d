"""Who has been met in a part, and can be something to whoever comes next."""

from __future__ import annotations

from datetime import date

from crm.demo.books import Desk
from crm.demo.dice import Dice
from crm.demo.families import OF_AGE
from crm.demo.rows import CustomerRow

_ELSEWHERE = 0.1


class Acquaintances:
    """Adults met before: the last of each desk and unit, and the last anywhere."""

    def __init__(self, today: date) -> None:
        """Know nobody yet."""
        self._today = today
        self._of_desk: dict[int, CustomerRow] = {}
        self._of_unit: dict[int | None, CustomerRow] = {}
        self._anywhere: CustomerRow | None = None

    def meet(self, customer: CustomerRow, desk: Desk) -> None:
        """Let a customer be a second party or an owner from now on, if he is a person who may."""
        may = customer.kind == "PERSON" and customer.status == "ACTIVE" and not customer.restricted
        if may and not (customer.birth_on and self._today - customer.birth_on < OF_AGE):
            self._of_desk[desk.key] = self._of_unit[desk.unit_id] = self._anywhere = customer

    def one(self, dice: Dice, desk: Desk) -> CustomerRow | None:
        """Give somebody: mostly of the same desk or unit, sometimes of another's."""
        return self._anywhere if dice.chance(_ELSEWHERE) else self._near(desk)

    def several(self, desk: Desk) -> list[CustomerRow]:
        """Give whoever is known of the desk, the unit and anywhere, each once."""
        found = (self._of_desk.get(desk.key), self._of_unit.get(desk.unit_id), self._anywhere)
        return list({each.id: each for each in found if each is not None}.values())

    def _near(self, desk: Desk) -> CustomerRow | None:
        return self._of_desk.get(desk.key) or self._of_unit.get(desk.unit_id)
