"""What the customers in a manager's charge, or those of a unit's subtree, have and owe, for who may see them.

A book is added up as it is asked for; a unit's figures are those that were rolled up last.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from crm.models import Customer, UnitFigures
from crm.querysets import access_of
from crm.selectors.gathered import Gathered, gather
from crm.selectors.rates import Rates, latest_rates
from finpulse.identity.models import Unit, User
from finpulse.identity.roles import Reach

# The books of a unit are added up beside each other up to so many customers; of more the books lead to their own page.
MOST_BESIDE = 3_000


@dataclass(frozen=True)
class Part:
    """A unit below, or those of the unit's customers who are in one manager's charge (None: in nobody's).

    `customers` are told of books, `gathered` where it was added up.
    """

    unit: Unit
    manager: User | None = None
    customers: int | None = None
    gathered: Gathered | None = None


@dataclass(frozen=True)
class Portfolio:
    """The figures of a `unit` as of a day, or of a `manager`'s customers now, with the rates of that day.

    `gathered` is None for a unit whose figures were never rolled up. `above` leads from the top to the unit; `units`
    and `managers` are its parts: not a sum, for a holding of two of them counts in each. `others` are tops beside it.
    """

    as_of: date
    rates: Rates
    gathered: Gathered | None
    unit: Unit | None = None
    manager: User | None = None
    customers: int | None = None
    above: list[Unit] = field(default_factory=list)
    others: list[Unit] = field(default_factory=list)
    units: list[Part] = field(default_factory=list)
    managers: list[Part] = field(default_factory=list)


def portfolio_of(
    user: Any, today: date, *, unit_id: int | None = None, manager_id: int | None = None
) -> Portfolio | None:
    """Give the portfolio of a unit or of a manager; of neither, the user's widest: his unit's or his own book.

    None where the user sees no such unit, or nobody in that manager's charge.
    """
    if manager_id is not None:
        return _book(user, today, manager_id)
    tree = _Tree(user)
    unit = tree.unit(unit_id)
    if unit is not None:
        return _of_unit(user, today, unit, tree)
    return _book(user, today, user.pk) if unit_id is None else None


def units_seen_by(user: Any) -> QuerySet[Unit]:
    """Give the units of whose customers the user sees all but the restricted ones."""
    reach = access_of(user).reach_with("crm.view_customer")
    if reach in (Reach.ALL, Reach.ALL_AND_RESTRICTED):
        return Unit.objects.all()
    return Unit.objects.filter(pk__in=access_of(user).unit_ids) if reach == Reach.UNIT else Unit.objects.none()


def _book(user: Any, today: date, manager_id: int) -> Portfolio | None:
    own = manager_id == user.pk
    access = access_of(user)
    covers = access.covers_with("crm.view_customer")
    sees_books = own or manager_id in {cover.covered_id for cover in covers if cover.everybody}
    if not sees_books and access.reach_with("crm.view_customer") in (Reach.NOTHING, Reach.OWN):
        return None
    customers = Customer.objects.visible_to(user).filter(manager=manager_id)
    counted = customers.count()
    manager = User.objects.filter(pk=manager_id).first() if own or counted else None
    if manager is None:
        return None
    gathered = gather(customers.values_list("pk", "manager"), today).total
    return Portfolio(today, latest_rates(today), gathered, manager=manager, customers=counted)


class _Tree:
    """The units that a user sees, read in one query, those above before those below."""

    def __init__(self, user: Any) -> None:
        self._units = list(units_seen_by(user).order_by("path"))

    def unit(self, key: int | None) -> Unit | None:
        """Give the unit of this key, without one the first; None for one that he does not see."""
        return next((unit for unit in self._units if key in (None, unit.pk)), None)

    def above(self, unit: Unit) -> list[Unit]:
        """Give those on the way from the top to the unit."""
        return [one for one in self._units if one != unit and unit.path.startswith(one.path)]

    def below(self, unit: Unit) -> list[Unit]:
        """Give its children by name."""
        return sorted((one for one in self._units if one.parent_id == unit.pk), key=str)

    def beside(self, unit: Unit) -> list[Unit]:
        """Give the tops of other trees, if it is the top of one."""
        tops = [one for one in self._units if one.parent_id is None]
        return [one for one in tops if one != unit] if unit in tops else []


def _of_unit(user: Any, today: date, unit: Unit, tree: _Tree) -> Portfolio:
    below, as_of = tree.below(unit), _rolled_up_on(unit)
    found = _rolled_up([unit, *below], as_of)
    return Portfolio(
        as_of=as_of or today,
        rates=latest_rates(as_of or today),
        gathered=found.get(unit.pk),
        unit=unit,
        above=tree.above(unit),
        others=tree.beside(unit),
        units=[Part(one, gathered=found.get(one.pk)) for one in below],
        managers=_managers(user, today, unit),
    )


def _rolled_up_on(unit: Unit) -> date | None:
    """Give the last day on which the tree of the unit was rolled up, as its top tells."""
    top = int(unit.path.split("/")[1])
    days = UnitFigures.objects.filter(unit=top).order_by("-as_of").values_list("as_of", flat=True)
    return days.first()


def _rolled_up(units: list[Unit], as_of: date | None) -> dict[int, Gathered]:
    """Give the figures of units by key; none at all where they were never rolled up."""
    if as_of is None:
        return {}
    found = {unit.pk: Gathered() for unit in units}
    for row in UnitFigures.objects.filter(unit__in=units, as_of=as_of).order_by("currency"):
        found[row.unit_id].add_stored(row)
    return found


def _managers(user: Any, today: date, unit: Unit) -> list[Part]:
    customers = Customer.objects.visible_to(user).filter(unit=unit).order_by()
    counted = dict(customers.values_list("manager").annotate(Count("pk")))
    people = User.objects.in_bulk([key for key in counted if key is not None])
    few = 0 < sum(counted.values()) <= MOST_BESIDE
    beside = gather(customers.values_list("pk", "manager"), today).of if few else {}
    parts = [Part(unit, people.get(key), number, beside.get(key)) for key, number in counted.items()]
    return sorted(parts, key=lambda part: (part.manager is None, str(part.manager)))
