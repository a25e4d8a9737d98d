"""Who owns, directs and signs for a company, and which company is above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from crm.demo.acquaintances import Acquaintances
from crm.demo.books import Desk
from crm.demo.dice import Dice, Weighted
from crm.demo.rows import CustomerRow, RelationshipRow
from crm.demo.ties import Ties, ended

_LEVELS = 3
_SUBSIDIARY, _FORMER_DIRECTOR = 0.3, 0.15
_BENEFICIAL = Decimal("0.25")
_WHOLE, _FINEST = Decimal(1), Decimal("0.000001")
OF_PARENT = Weighted({_WHOLE: 55, Decimal("0.8"): 15, Decimal("0.75"): 15, Decimal("0.51"): 15})
OF_OWNERS = Weighted(
    {
        ("1",): 48,
        ("0.5", "0.5"): 24,
        ("0.6", "0.4"): 10,
        ("0.51", "0.24"): 6,
        ("0.333333", "0.333333", "0.333333"): 6,
        ("0.7", "0.2", "0.1"): 6,
    }
)


class Companies:
    """The companies of one part: each may belong to one that was met before."""

    def __init__(self, known: Acquaintances, today: date) -> None:
        """`known` is who can own and sign."""
        self._known, self._today = known, today
        self._parents: dict[int | None, tuple[CustomerRow, int]] = {}

    def ties(self, dice: Dice, company: CustomerRow, desk: Desk) -> Ties:
        """Give who is behind a company; its signatories operate its accounts, and its first owner stands for it."""
        people = self._known.several(desk)
        since_on = dice.day(company.joined_on or self._today, self._today)
        above = self._above(dice, desk, since_on, company)
        left = _WHOLE - sum((row.share for row in above if row.share is not None), Decimal(0))
        owners = list(self._owners(dice, company, people, left, since_on))
        board = list(self._board(dice, company, people, since_on))
        signing = [each for each in people if any(row.customer_id == each.id for row in board if _signs(row))]
        first = people[0] if any(row.kind == "SHAREHOLDER_OF" for row in owners) else None
        return Ties([*above, *owners, *board], operators=signing, guarantor=first)

    def _above(self, dice: Dice, desk: Desk, since_on: date, company: CustomerRow) -> list[RelationshipRow]:
        parent, level = self._parents.get(desk.unit_id, (None, 0))
        if company.status == "CLOSED":
            return []
        if parent is None or level >= _LEVELS or not dice.chance(_SUBSIDIARY):
            self._parents[desk.unit_id] = (company, 1)
            return []
        self._parents[desk.unit_id] = (company, level + 1)
        return [
            RelationshipRow(parent.id, company.id, "PARENT_COMPANY_OF", None, since_on),
            RelationshipRow(parent.id, company.id, "SHAREHOLDER_OF", OF_PARENT.draw(dice), since_on),
        ]

    def _owners(
        self, dice: Dice, company: CustomerRow, people: list[CustomerRow], left: Decimal, since_on: date
    ) -> Iterator[RelationshipRow]:
        shares = split(left, OF_OWNERS.draw(dice))
        for person, share in zip(people, shares, strict=False):
            if share:
                yield RelationshipRow(person.id, company.id, "SHAREHOLDER_OF", share, since_on)
                if share > _BENEFICIAL:
                    yield RelationshipRow(person.id, company.id, "BENEFICIAL_OWNER_OF", share, since_on)

    def _board(
        self, dice: Dice, company: CustomerRow, people: list[CustomerRow], since_on: date
    ) -> Iterator[RelationshipRow]:
        for place, person in enumerate(people[:2]):
            if dice.chance(0.85 if place == 0 else 0.4):
                yield RelationshipRow(person.id, company.id, "SIGNATORY_OF", None, since_on)
            former = place == 1 and dice.chance(_FORMER_DIRECTOR)
            if former or place == 0:
                until_on = ended(dice, since_on, self._today - timedelta(days=1), sure=former)
                yield RelationshipRow(person.id, company.id, "DIRECTOR_OF", None, since_on, until_on)


def split(left: Decimal, parts: Sequence[str]) -> list[Decimal]:
    """Give shares of a whole of which so much is left, none rounded up."""
    return [(Decimal(part) * left).quantize(_FINEST, rounding=ROUND_DOWN) for part in parts]


def _signs(row: RelationshipRow) -> bool:
    return row.kind == "SIGNATORY_OF"
