"""Which customer is in whose charge and which unit manages him."""

from __future__ import annotations

from bisect import bisect
from itertools import accumulate
from math import gcd
from typing import NamedTuple

from crm.demo.circles import PEOPLE, rank
from crm.demo.plan import BOOKS, DemoPlan
from crm.demo.staff import Staff

_SCATTER = 7_368_787


class Desk(NamedTuple):
    """A manager with the unit of his customers, or a unit's pool without one."""

    key: int
    manager_id: int | None
    unit_id: int | None
    unit_code: str


class Books:
    """Every customer's desk. A book is scattered over the bank's numbers, as books grown over years are.

    Who is of one circle is of one desk, but where a book ends.
    """

    def __init__(self, plan: DemoPlan, staff: Staff, cast: dict[int, str]) -> None:
        """Deal out the customers; `cast` names by number those whose manager is fixed."""
        holders: list[tuple[int | None, int | None]] = [staff.accounts[name] for name in BOOKS]
        holders += [*staff.managers, *((None, unit_id) for unit_id in staff.branches)]
        self._desks = [
            Desk(key, who, unit_id, staff.branches.get(unit_id or 0, "")) for key, (who, unit_id) in enumerate(holders)
        ]
        self._fixed = {
            number: self._desks[list(BOOKS).index(name)] for number, name in cast.items() if number <= plan.customers
        }
        self._first = max(cast, default=0) + 1
        self._count = max(plan.customers - self._first + 1, 0)
        self._bounds = list(accumulate(self._sizes(plan, staff)))
        self._circles = self._count // PEOPLE
        self._stride = next(step for step in range(_SCATTER, 2 * _SCATTER) if gcd(step, max(self._circles, 1)) == 1)

    def _sizes(self, plan: DemoPlan, staff: Staff) -> list[int]:
        fixed = [desk.key for desk in self._fixed.values()]
        own = [max(plan.book(name) - fixed.count(key), 0) for key, name in enumerate(BOOKS)]
        sizes = own + _shares(plan.rest - plan.pooled, len(staff.managers))
        # A bank too small for its cast gives nobody else a customer; the last pool takes what rounding leaves.
        return sizes + _shares(max(self._count - sum(sizes), 0), len(staff.branches))

    def desk(self, number: int) -> Desk:
        """Give the desk of the customer with this running number."""
        if number in self._fixed:
            return self._fixed[number]
        circle, seat = divmod(rank(number - self._first, self._count), PEOPLE)
        if circle < self._circles:
            circle = circle * self._stride % self._circles
        return self._desks[bisect(self._bounds, circle * PEOPLE + seat)]


def _shares(total: int, parts: int) -> list[int]:
    return [total // parts + (index < total % parts) for index in range(parts)] if parts else []
