"""With whom a customer belongs: household and group with figures in the base currency, and his relationships."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from crm.models import Customer
from crm.selectors.connected import Circle, group_of, household_of
from crm.selectors.figures import Figures
from crm.selectors.rates import Converted, Rate, Rates, rates_of, rates_read
from crm.selectors.relations import MOST_READ, Relation, relations_of, relations_read
from crm.selectors.together import Together


@dataclass(frozen=True)
class Column:
    """A figure by its name; a phone does without what is `wide`."""

    label: str
    figure: str
    wide: bool = False


HOUSEHOLD = (
    Column("Deposits", "deposits", wide=True),
    Column("Investments", "investments", wide=True),
    Column("Lending drawn", "lending_drawn", wide=True),
    Column("Net position", "net_position"),
)
GROUP = (
    Column("Drawn", "lending_drawn", wide=True),
    Column("Undrawn", "undrawn", wide=True),
    Column("Exposure", "exposure"),
    Column("Guarantees given", "guarantees"),
)


@dataclass(frozen=True)
class Cell:
    """A figure in the base currency, in its column."""

    column: Column
    amount: Converted


@dataclass(frozen=True)
class Line:
    """One member, or all of them, with the figures in the order of the table's columns."""

    member: Customer | None
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """The members of a circle; the total counts a holding once. `oldest_on` and `newest_on` are days of balances."""

    columns: tuple[Column, ...]
    lines: list[Line]
    total: Line
    circle: Circle
    oldest_on: date | None
    newest_on: date | None

    @property
    def has_others(self) -> bool:
        """Tell whether there is anybody but the customer himself."""
        return len(self.lines) > 1 or self.circle.hidden > 0


class Belonging:
    """All that the page of a customer's relationships shows; he was read by `customer_with_relations`."""

    def __init__(self, customer: Any, user: Any, today: date) -> None:
        self.customer, self.today = customer, today
        self.rates: Rates = rates_of(customer.rates_today)
        self._relations = relations_of(customer.relations)
        household, group = household_of(customer, user, today), group_of(customer, user, today)
        together = Together([*household.members, *group.members], today)
        self.household = self._table(household, together, HOUSEHOLD)
        self.group = self._table(group, together, GROUP)

    @property
    def running(self) -> list[Relation]:
        """Relationships in force, and those to come."""
        return [one for one in self._relations if one.until_on is None or one.until_on > self.today]

    @property
    def ended(self) -> list[Relation]:
        """Relationships that are over."""
        return [one for one in self._relations if one.until_on is not None and one.until_on <= self.today]

    @property
    def cut(self) -> bool:
        """Tell whether there may be more relationships than are shown."""
        return len(self._relations) >= MOST_READ

    @property
    def rates_used(self) -> dict[str, Rate]:
        """The rates that the figures took, by currency."""
        shown = [table for table in (self.household, self.group) if table.has_others]
        cells = [cell for table in shown for line in (*table.lines, table.total) for cell in line.cells]
        return dict(sorted({pair for cell in cells for pair in cell.amount.rates.items()}))

    def _table(self, circle: Circle, together: Together, columns: tuple[Column, ...]) -> Table:
        total = together.of_all(circle.members)
        return Table(
            columns=columns,
            lines=[self._line(member, together.of(member), columns) for member in circle.members],
            total=self._line(None, total, columns),
            circle=circle,
            oldest_on=total.oldest_on,
            newest_on=total.newest_on,
        )

    def _line(self, member: Customer | None, figures: Figures, columns: tuple[Column, ...]) -> Line:
        return Line(member, [Cell(column, self.rates.convert(getattr(figures, column.figure))) for column in columns])


def customer_with_relations(customer_id: int, user: Any, today: date) -> Customer | None:
    """Give a customer in scope with what `Belonging` tells of, or None."""
    rows = Customer.objects.visible_to(user).filter(pk=customer_id)
    rows = rows.annotate(relations=relations_read(user), rates_today=rates_read(today))
    customer: Customer | None = rows.defer("national_id", "tax_id", "search_text").first()
    return customer
