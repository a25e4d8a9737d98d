"""Families within a circle: who lives with whom, and whose child somebody is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from crm.demo.circles import circle_of
from crm.demo.dice import Dice
from crm.demo.names import same_family
from crm.demo.persons import birth_of_adult, birth_of_child
from crm.demo.rows import CustomerRow

YEAR = timedelta(days=365)
OF_AGE = 18 * YEAR
_SETTLED, _OLDEST_PARENT, _APART = 20 * YEAR, 45 * YEAR, 11 * YEAR
_COUPLE, _CHILD, _WARD, _MOST_CHILDREN = 0.75, 0.28, 0.06, 3
_MARRIED, _TOGETHER = 0.72, 0.92
_HOME = ("address", "city", "region", "postal_code")
_IN_ORDER = {"status": "ACTIVE", "closed_on": None, "kyc_status": "CLEAR", "kyc_level": "SIMPLIFIED", "aml_risk": "LOW"}
_PUPIL = {"segment": "MASS", "annual_income": None, "occupation": "pupil", "email": "", "phone": "", "tax_id": "",
          "pep": False, "investment_risk_profile": None, "credit_rating": "", "currency": "CZK"}  # fmt: skip


@dataclass
class Circle:
    """Who has been met of a circle: the first settled adult, who lives with him, and their children."""

    head: CustomerRow | None = None
    partner: CustomerRow | None = None
    children: int = 0
    attorney: bool = False


class Place(NamedTuple):
    """What somebody is to the head of his circle (empty: nothing), and what is therefore known of him beforehand."""

    circle: Circle
    role: str = ""
    known: dict[str, Any] = {}

    @property
    def is_child(self) -> bool:
        """Tell whether he is a minor in another's care."""
        return self.role in {"CHILD", "WARD"}


class Families:
    """The circles of one part. Facts of a customer follow from numbers and chance, never from whose desk it is."""

    def __init__(self, *, seed: int, today: date) -> None:
        """Know nobody yet."""
        self._seed, self._today = seed, today
        self._circles: dict[int, Circle] = {}

    def place(self, dice: Dice, place: int, number: int) -> Place:
        """Give what the next customer, with this place among all that chance makes, is to his circle."""
        circle = self._circles.setdefault(circle_of(place), Circle())
        head = circle.head
        if head is None or head.birth_on is None:
            return Place(circle)
        if circle.partner is None and dice.chance(_COUPLE):
            born_on, _ = birth_of_adult(number, self._seed, self._today)
            if abs(born_on - head.birth_on) < _APART and self._today - born_on > _SETTLED:
                return self._partner(dice, circle, head, born_on)
        elif circle.children < _MOST_CHILDREN and dice.chance(_CHILD):
            born_on, serial = birth_of_child(number, self._seed, self._today)
            if _SETTLED < born_on - head.birth_on < _OLDEST_PARENT:
                return self._child(dice, circle, head, born_on, serial)
        return Place(circle)

    def meet(self, place: Place, customer: CustomerRow) -> None:
        """Keep him as a member of his circle, if his place is free."""
        circle = place.circle
        if place.role in {"SPOUSE", "PARTNER"} and customer.status != "DECEASED":
            circle.partner = customer
        elif place.is_child:
            circle.children += 1
        elif circle.head is None and _is_settled(customer, self._today):
            circle.head = customer

    def _partner(self, dice: Dice, circle: Circle, head: CustomerRow, born_on: date) -> Place:
        woman = (head.gender == "MALE") != dice.chance(0.02)
        chance = dice.random()
        role = "SPOUSE" if chance < _MARRIED else "PARTNER" if chance < _TOGETHER else "FORMER"
        known = {"kind": "PERSON", "gender": "FEMALE" if woman else "MALE", "birth_on": born_on}
        known |= {"nationality": head.nationality}
        if role == "SPOUSE":
            known["family_name"] = same_family(head.family_name, woman=woman)
        return Place(circle, role, known if role == "FORMER" else known | _home_of(head))

    def _child(self, dice: Dice, circle: Circle, head: CustomerRow, born_on: date, serial: int) -> Place:
        woman, role = dice.chance(0.5), "WARD" if dice.chance(_WARD) else "CHILD"
        joined_on = dice.day(born_on, self._today)
        known = {"kind": "PERSON", "gender": "FEMALE" if woman else "MALE", "birth_on": born_on, "serial": serial}
        known |= _IN_ORDER | _PUPIL | _home_of(head) | {"joined_on": joined_on, "nationality": head.nationality}
        if role == "CHILD":
            known["family_name"] = same_family(head.family_name, woman=woman)
        return Place(circle, role, known)


def _home_of(head: CustomerRow) -> dict[str, Any]:
    return {name: getattr(head, name) for name in _HOME}


def _is_settled(customer: CustomerRow, today: date) -> bool:
    born_on = customer.birth_on
    return customer.status == "ACTIVE" and born_on is not None and today - born_on > _SETTLED
