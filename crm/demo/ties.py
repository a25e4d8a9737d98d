"""What a customer of a family is to the others in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from crm.demo.dice import Dice
from crm.demo.families import OF_AGE, YEAR, Place
from crm.demo.rows import CustomerRow, RelationshipRow

_DAY = timedelta(days=1)
_OLD, _ATTORNEY, _REVOKED = 68 * YEAR, 0.2, 0.25


@dataclass
class Ties:
    """Relationships of a customer, with who therefore owns with him, and who operates his accounts."""

    rows: list[RelationshipRow] = field(default_factory=list)
    joint: CustomerRow | None = None
    operators: list[CustomerRow] = field(default_factory=list)
    guarantor: CustomerRow | None = None


def family_ties(dice: Dice, place: Place, customer: CustomerRow, today: date) -> Ties:
    """Give what a person's place in his circle ties him to."""
    head = place.circle.head
    if head is None or customer.kind != "PERSON":
        return Ties()
    if place.role == "CHILD":
        parents = [parent for parent in (head, place.circle.partner) if parent and _could_be(parent, customer)]
        return _cared_for(parents, "PARENT_OF", customer, customer.birth_on)
    if place.role == "WARD":
        return _cared_for([head], "LEGAL_GUARDIAN_OF", customer, customer.joined_on)
    if place.role:
        return _couple(dice, place.role, head, customer, today)
    return Ties(list(_attorney(dice, place, head, customer, today)))


def ended(dice: Dice, since_on: date, today: date, *, sure: bool = True) -> date | None:
    """Give a day after the first and not after today, when that is possible and, unless `sure`, not at all."""
    return dice.day(since_on + _DAY, today) if sure and since_on < today else None


def _cared_for(carers: list[CustomerRow], kind: str, child: CustomerRow, since_on: date | None) -> Ties:
    """Whoever cares for a child operates what it has."""
    return Ties([RelationshipRow(each.id, child.id, kind, None, since_on) for each in carers], operators=carers)


def _couple(dice: Dice, role: str, head: CustomerRow, customer: CustomerRow, today: date) -> Ties:
    of_age = max(birth + OF_AGE for birth in (head.birth_on, customer.birth_on) if birth)
    since_on = dice.day(of_age, today)
    kind = "PARTNER" if role == "PARTNER" else "SPOUSE"
    until_on = ended(dice, since_on, today, sure=role == "FORMER" or customer.status == "DECEASED")
    row = RelationshipRow(head.id, customer.id, kind, None, since_on, until_on)
    return Ties([row], joint=None if until_on else head)


def _attorney(
    dice: Dice, place: Place, head: CustomerRow, customer: CustomerRow, today: date
) -> Iterator[RelationshipRow]:
    """Somebody younger acts for a head who is old."""
    if place.circle.attorney or not head.birth_on or today - head.birth_on < _OLD or not customer.birth_on:
        return
    if customer.status == "ACTIVE" and _OLD > today - customer.birth_on > OF_AGE and dice.chance(_ATTORNEY):
        place.circle.attorney = True
        since_on = today - timedelta(days=1 + dice.below(3000))
        until_on = ended(dice, since_on, today, sure=dice.chance(_REVOKED))
        yield RelationshipRow(customer.id, head.id, "ATTORNEY_OF", None, since_on, until_on)


def _could_be(parent: CustomerRow, child: CustomerRow) -> bool:
    return bool(parent.birth_on and child.birth_on and child.birth_on - parent.birth_on > OF_AGE)
