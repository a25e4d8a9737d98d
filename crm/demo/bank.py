"""The demo bank in parts: so many customers at a time with all that hangs on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from crm.demo.books import Books, Desk
from crm.demo.cast import Member, cast_of
from crm.demo.customers import Maker
from crm.demo.dice import Dice
from crm.demo.holdings import HoldingMaker
from crm.demo.interactions import InteractionMaker
from crm.demo.parties import PartyMaker
from crm.demo.plan import DemoPlan
from crm.demo.rows import CustomerRow, EventRow, HoldingRow, InteractionRow, PartyRow, TaskRow
from crm.demo.staff import REASON, Staff
from crm.demo.tasks import TaskMaker

AT_A_TIME = 2000


@dataclass(frozen=True)
class Recipe:
    """All that a demo bank follows from: the plan, and what the database said once. Ids run on from the first ones."""

    plan: DemoPlan
    staff: Staff
    zone: ZoneInfo
    first_customer_id: int
    first_holding_id: int

    def starts(self) -> Iterator[int]:
        """Yield the number with which each part begins."""
        yield from range(1, self.plan.customers + 1, AT_A_TIME)


@dataclass
class Part:
    """Rows of some customers, by the names of their tables."""

    customers: list[CustomerRow] = field(default_factory=list)
    holdings: list[HoldingRow] = field(default_factory=list)
    parties: list[PartyRow] = field(default_factory=list)
    interactions: list[InteractionRow] = field(default_factory=list)
    tasks: list[TaskRow] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)


class DemoBank:
    """Makes the rows of a recipe. A part's rows point to no other part's, so parts can be made in any order."""

    def __init__(self, recipe: Recipe) -> None:
        """Prepare the makers of each kind of row. No database is asked, here or later."""
        plan, zone = recipe.plan, recipe.zone
        midnight = datetime.combine(plan.today, time(), zone)
        self._recipe = recipe
        self._cast = cast_of(plan.today)
        self._books = Books(plan, recipe.staff, {number: member.manager for number, member in self._cast.items()})
        self._dice = Dice()
        self._customers = Maker(seed=plan.seed, today=plan.today, midnight=midnight)
        self._holdings = HoldingMaker(first_id=recipe.first_holding_id, today=plan.today, midnight=midnight)
        self._tasks = TaskMaker(midnight=midnight)
        self._interactions = InteractionMaker(
            today=plan.today,
            zone=zone,
            per_customer=plan.interactions_per_customer,
            fallback=recipe.staff.accounts["dana"].id,
        )

    def part(self, start: int) -> Part:
        """Give the rows of the customers from this number on."""
        part, parties = Part(), PartyMaker()
        for number in range(start, min(start + AT_A_TIME, self._recipe.plan.customers + 1)):
            member, desk = self._cast.get(number), self._books.desk(number)
            self._dice.shake(self._recipe.plan.seed, number)
            customer = self._customers.customer(self._dice, number, self._customer_id(number), desk, _known(member))
            part.customers.append(customer)
            if customer.manager_id is not None:
                detail = f'{{"manager": {customer.manager_id}}}'
                part.events.append(EventRow("crm.customer.manager_set", "crm.customer", customer.id, REASON, detail))
            if member is None:
                self._add_by_chance(part, parties, number, customer, desk)
            else:
                self._add_member(part, number, customer, member)
            parties.meet(customer, desk)
        return part

    def _customer_id(self, number: int) -> int:
        return self._recipe.first_customer_id + number - 1

    def _add_by_chance(self, part: Part, parties: PartyMaker, number: int, customer: CustomerRow, desk: Desk) -> None:
        dice = self._dice
        for holding in self._holdings.holdings(dice, customer, number):
            part.holdings.append(holding)
            part.parties.extend(parties.parties(dice, customer, desk, holding))
        part.interactions.extend(self._interactions.interactions(dice, customer))
        part.tasks.extend(self._tasks.tasks(dice, customer))

    def _add_member(self, part: Part, number: int, customer: CustomerRow, member: Member) -> None:
        for place, facts in enumerate(member.holdings):
            holding = self._holdings.holding(customer, number, place, facts)
            part.holdings.append(holding)
            part.parties.append(PartyRow(holding.id, customer.id, "OWNER", since_on=holding.opened_on))
            for other in member.parts:
                if other.holding == place and other.number <= self._recipe.plan.customers:
                    part.parties.append(
                        PartyRow(holding.id, self._customer_id(other.number), other.role, **other.facts)
                    )
        part.interactions.extend(self._interactions.interactions(self._dice, customer, member.said))
        part.tasks.extend(self._tasks.task(customer, todo.title, todo.days, done=todo.done) for todo in member.todo)


def _known(member: Member | None) -> dict[str, object]:
    if member is None:
        return {}
    return {"joined_on": min(holding["opened_on"] for holding in member.holdings)} | member.facts
