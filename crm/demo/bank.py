"""The demo bank as a stream: so many customers at a time with all that hangs on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from crm.demo.books import Books, Desk
from crm.demo.cast import Member, cast_of
from crm.demo.copying import reserve_ids
from crm.demo.customers import Maker
from crm.demo.dice import Dice
from crm.demo.holdings import HoldingMaker
from crm.demo.interactions import InteractionMaker
from crm.demo.parties import PartyMaker
from crm.demo.plan import DemoPlan
from crm.demo.rows import CustomerRow, EventRow, HoldingRow, InteractionRow, PartyRow, TaskRow
from crm.demo.staff import REASON, Staff
from crm.demo.tasks import TaskMaker
from crm.models import Customer, Holding, Interaction

AT_A_TIME = 2000
# More than chance or the cast gives anyone.
MOST_HOLDINGS, MOST_INTERACTIONS = 24, 8


@dataclass
class Part:
    """Rows of some customers."""

    customers: list[CustomerRow] = field(default_factory=list)
    holdings: list[HoldingRow] = field(default_factory=list)
    parties: list[PartyRow] = field(default_factory=list)
    interactions: list[InteractionRow] = field(default_factory=list)
    tasks: list[TaskRow] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)


class DemoBank:
    """Makes the rows of a plan. What a customer is follows from the seed, the day and his number alone."""

    def __init__(self, plan: DemoPlan, staff: Staff, zone: ZoneInfo) -> None:
        """`zone` is where the bank's day begins. The tables are locked for writing."""
        interactions = max(plan.interactions_per_customer or 0, MOST_INTERACTIONS)
        midnight = datetime.combine(plan.today, time(), zone)
        self._plan = plan
        self._cast = cast_of(plan.today)
        self._cast_ids: dict[int, int] = {}
        self._books = Books(plan, staff, {number: member.manager for number, member in self._cast.items()})
        self._dice = Dice()
        self._ids = reserve_ids(Customer, plan.customers)
        self._customers = Maker(seed=plan.seed, today=plan.today, midnight=midnight)
        self._holdings = HoldingMaker(
            ids=reserve_ids(Holding, MOST_HOLDINGS * plan.customers), today=plan.today, midnight=midnight
        )
        self._parties = PartyMaker()
        self._tasks = TaskMaker(midnight=midnight)
        self._interactions = InteractionMaker(
            ids=reserve_ids(Interaction, interactions * plan.customers),
            today=plan.today,
            zone=zone,
            per_customer=plan.interactions_per_customer,
            fallback=staff.accounts["dana"].pk,
        )

    def parts(self) -> Iterator[Part]:
        """Yield all rows, in parts whose rows point to their own or to earlier parts only. Asks no database."""
        for first in range(1, self._plan.customers + 1, AT_A_TIME):
            part = Part()
            for number in range(first, min(first + AT_A_TIME, self._plan.customers + 1)):
                self._add(part, number)
            self._add_parts_of_cast(part, first)
            yield part

    def _add(self, part: Part, number: int) -> None:
        dice, member, desk = self._dice, self._cast.get(number), self._books.desk(number)
        dice.shake(self._plan.seed, number)
        customer = self._customers.customer(dice, number, next(self._ids), desk, _known(member))
        part.customers.append(customer)
        if customer.manager_id is not None:
            detail = f'{{"manager": {customer.manager_id}}}'
            part.events.append(EventRow("crm.customer.manager_set", "crm.customer", customer.id, REASON, detail))
        if member is None:
            self._add_by_chance(part, customer, desk)
        else:
            self._cast_ids[number] = customer.id
            self._add_member(part, customer, member)
        self._parties.meet(customer, desk)

    def _add_by_chance(self, part: Part, customer: CustomerRow, desk: Desk) -> None:
        dice = self._dice
        for holding in self._holdings.holdings(dice, customer):
            part.holdings.append(holding)
            part.parties.extend(self._parties.parties(dice, customer, desk, holding))
        part.interactions.extend(self._interactions.interactions(dice, customer))
        part.tasks.extend(self._tasks.tasks(dice, customer))

    def _add_member(self, part: Part, customer: CustomerRow, member: Member) -> None:
        for facts in member.holdings:
            holding = self._holdings.holding(customer, facts)
            part.holdings.append(holding)
            part.parties.append(PartyRow(holding.id, customer.id, "OWNER", since_on=holding.opened_on))
        for said in member.said:
            at = self._interactions.moment(said.days_ago, said.minutes)
            part.interactions.append(self._interactions.said(customer, at, said.channel, said.direction, said.summary))
        part.tasks.extend(self._tasks.task(customer, todo.title, todo.days, done=todo.done) for todo in member.todo)

    def _add_parts_of_cast(self, part: Part, first: int) -> None:
        if first > 1:
            return
        own = {
            number: [row.id for row in part.holdings if row.customer_id == row_id]
            for number, row_id in self._cast_ids.items()
        }
        for number, member in self._cast.items():
            for other in member.parts:
                if number in self._cast_ids and other.number in self._cast_ids:
                    holding_id = own[number][other.holding]
                    part.parties.append(PartyRow(holding_id, self._cast_ids[other.number], other.role, **other.facts))


def _known(member: Member | None) -> dict[str, object]:
    if member is None:
        return {}
    return {"joined_on": min(holding["opened_on"] for holding in member.holdings)} | member.facts
