"""The demo bank in parts: so many customers at a time with all that hangs on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from crm.demo.acquaintances import Acquaintances
from crm.demo.books import Books, Desk
from crm.demo.cast import CAST, cast_of
from crm.demo.cast.casting import Casting
from crm.demo.circles import AT_A_TIME
from crm.demo.companies import Companies
from crm.demo.customers import Maker
from crm.demo.dice import Dice
from crm.demo.families import Families
from crm.demo.holdings import HoldingMaker
from crm.demo.interactions import InteractionMaker
from crm.demo.parties import PartyMaker
from crm.demo.plan import DemoPlan
from crm.demo.rows import (
    CustomerRow,
    EventRow,
    HoldingRow,
    InteractionRow,
    PartyRow,
    PositionRow,
    RelationshipRow,
    TaskRow,
)
from crm.demo.staff import REASON, Staff
from crm.demo.tasks import TaskMaker
from crm.demo.ties import Ties, family_ties

# Chance that decides on families is apart: with or without one, a customer is the same.
_FAMILY_CHANCE = 1 << 38


@dataclass(frozen=True)
class Recipe:
    """All that a demo bank follows from: the plan, and what the database said once. Ids run on from the first ones."""

    plan: DemoPlan
    staff: Staff
    zone: ZoneInfo
    first_customer_id: int
    first_holding_id: int

    def starts(self) -> Iterator[int]:
        """Yield the number with which each part begins; the cast is one of its own."""
        if self.plan.customers:
            yield 1
        yield from range(len(CAST) + 1, self.plan.customers + 1, AT_A_TIME)


@dataclass
class Part:
    """Rows of some customers, by the names of their tables."""

    customers: list[CustomerRow] = field(default_factory=list)
    holdings: list[HoldingRow] = field(default_factory=list)
    parties: list[PartyRow] = field(default_factory=list)
    positions: list[PositionRow] = field(default_factory=list)
    relationships: list[RelationshipRow] = field(default_factory=list)
    interactions: list[InteractionRow] = field(default_factory=list)
    tasks: list[TaskRow] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)

    def add(self, customer: CustomerRow) -> None:
        """Add a customer, with the event that sets his manager."""
        self.customers.append(customer)
        if customer.manager_id is not None:
            detail = f'{{"manager": {customer.manager_id}}}'
            self.events.append(EventRow("crm.customer.manager_set", "crm.customer", customer.id, REASON, detail))


class DemoBank:
    """Makes the rows of a recipe. A part's rows point to no other part's, so parts can be made in any order."""

    def __init__(self, recipe: Recipe) -> None:
        """Prepare the makers of each kind of row. No database is asked, here or later."""
        plan, zone = recipe.plan, recipe.zone
        midnight = datetime.combine(plan.today, time(), zone)
        self._recipe, self._plan = recipe, plan
        self._cast = cast_of(plan.today)
        self._books = Books(plan, recipe.staff, {number: member.manager for number, member in self._cast.items()})
        self._dice = Dice()
        self._customers = Maker(seed=plan.seed, today=plan.today, midnight=midnight)
        self._holdings = HoldingMaker(first_id=recipe.first_holding_id, today=plan.today, midnight=midnight)
        self._parties = PartyMaker(plan.today)
        self._tasks = TaskMaker(midnight=midnight)
        self._interactions = InteractionMaker(
            today=plan.today,
            zone=zone,
            per_customer=plan.interactions_per_customer,
            fallback=recipe.staff.accounts["dana"].id,
        )

    def part(self, start: int) -> Part:
        """Give the rows of the customers from this number on."""
        return self._part_of_cast() if start == 1 else self._part_by_chance(start)

    def _part_of_cast(self) -> Part:
        part, casting = Part(), Casting(self._plan, self._recipe.first_customer_id)
        for number, member in self._cast.items():
            if number > self._plan.customers:
                break
            self._dice.shake(self._plan.seed, number)
            customer = self._customer(number, self._books.desk(number), member.known)
            part.add(customer)
            for place, facts in enumerate(member.holdings):
                held = self._holdings.holding(customer, number, place, facts)
                part.holdings.append(held.holding)
                part.positions.extend(held.positions)
                part.parties.extend(casting.parties(member, place, held.holding))
            part.relationships.extend(casting.relationships(member, customer))
            part.interactions.extend(self._interactions.interactions(self._dice, customer, member.said))
            part.tasks.extend(self._tasks.task(customer, todo.title, todo.days, done=todo.done) for todo in member.todo)
        return part

    def _part_by_chance(self, start: int) -> Part:
        part, plan = Part(), self._plan
        apart, families, known = Dice(), Families(seed=plan.seed, today=plan.today), Acquaintances(plan.today)
        companies = Companies(known, plan.today)
        for number in range(start, min(start + AT_A_TIME, plan.customers + 1)):
            desk = self._books.desk(number)
            apart.shake(plan.seed, number + _FAMILY_CHANCE)
            place = families.place(apart, number - len(self._cast) - 1, number)
            self._dice.shake(plan.seed, number)
            customer = self._customer(number, desk, place.known)
            part.add(customer)
            if customer.kind == "PERSON":
                ties = family_ties(self._dice, place, customer, plan.today)
            else:
                ties = companies.ties(self._dice, customer, desk)
            part.relationships.extend(ties.rows)
            self._add_by_chance(part, number, customer, ties, known.one(self._dice, desk), child=place.is_child)
            known.meet(customer, desk)
            families.meet(place, customer)
        return part

    def _customer(self, number: int, desk: Desk, known: dict[str, object]) -> CustomerRow:
        row_id = self._recipe.first_customer_id + number - 1
        return self._customers.customer(self._dice, number, row_id, desk, known)

    def _add_by_chance(
        self, part: Part, number: int, customer: CustomerRow, ties: Ties, other: CustomerRow | None, *, child: bool
    ) -> None:
        dice = self._dice
        for held in self._holdings.holdings(dice, customer, number, child=child):
            part.holdings.append(held.holding)
            part.positions.extend(held.positions)
            part.parties.extend(self._parties.parties(dice, customer, held.holding, ties, None if child else other))
        part.interactions.extend(self._interactions.interactions(dice, customer))
        part.tasks.extend(self._tasks.tasks(dice, customer))
