"""Who belongs together: the household, and the group of connected clients. Walked through customers in scope only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from crm.models import Customer, Relationship
from crm.querysets import valid_on

_KIND = Relationship.Kind
_COUPLE = Q(kind__in=(_KIND.SPOUSE, _KIND.PARTNER))
_UPBRINGING = Q(kind__in=(_KIND.PARENT_OF, _KIND.LEGAL_GUARDIAN_OF))
# A share above a half controls; of a parent company nobody asks for the share.
CONTROL = Q(kind=_KIND.PARENT_COMPANY_OF) | Q(
    kind__in=(_KIND.SHAREHOLDER_OF, _KIND.BENEFICIAL_OWNER_OF), share__gt=Decimal("0.5")
)
_ONWARDS, _BACK = ("customer", "related"), ("related", "customer")
OF_AGE = 18
MOST_STEPS, MOST_MEMBERS = 12, 200


@dataclass
class Circle:
    """Customers who belong together, in scope, by name; how many unrestricted ones next to them are not; was it cut?"""

    members: list[Customer] = field(default_factory=list)
    hidden: int = 0
    cut: bool = False


def household_of(customer: Customer, user: Any, today: date | None = None) -> Circle:
    """Give a person with spouse or partner and the minor children of either; for a minor that of his parents."""
    today = today or timezone.localdate()
    if customer.kind != Customer.Kind.PERSON:
        return Circle()
    walk = _Walk(user, today)
    adults = {customer.pk}
    if _is_minor(customer, today):
        adults = walk.above(adults)
    adults = adults | walk.either(adults, _COUPLE)
    return walk.circle({customer.pk} | adults | walk.minors_below(adults))


def group_of(customer: Customer, user: Any, today: date | None = None) -> Circle:
    """Give the customers connected with this one by control, in either direction and over several steps."""
    walk = _Walk(user, today or timezone.localdate())
    found = frontier = {customer.pk}
    for _ in range(MOST_STEPS):
        frontier = walk.either(frontier, CONTROL) - found
        if not frontier:
            return walk.circle(found)
        found = found | frontier
        if len(found) > MOST_MEMBERS:
            break
    return walk.circle(found, cut=True)


class _Walk:
    """Steps from customers to those related to them; each is one query, and reads no more than a circle shows."""

    def __init__(self, user: Any, today: date) -> None:
        self._seen, self._today = Customer.objects.visible_to(user), today
        self._hidden: set[int] = set()
        self._cut = False

    def either(self, keys: set[int], kinds: Q) -> set[int]:
        """Give who stands to one of these in either direction."""
        return self._step(self._others(keys, kinds, *ends) for ends in (_ONWARDS, _BACK))

    def above(self, keys: set[int]) -> set[int]:
        """Give the parents and guardians of these."""
        return self._step([self._others(keys, _UPBRINGING, *_BACK)])

    def minors_below(self, keys: set[int]) -> set[int]:
        """Give the minor children and wards of these."""
        children = self._others(keys, _UPBRINGING, *_ONWARDS)
        return self._step([children.filter(related__birth_on__gt=_came_of_age(self._today))])

    def _others(self, keys: set[int], kinds: Q, from_end: str, to_end: str) -> QuerySet[Any]:
        in_force = Relationship.objects.filter(kinds, valid_on(self._today), **{f"{from_end}__in": keys})
        others = in_force.exclude(**{f"{to_end}__in": keys}).order_by()
        named: QuerySet[Any] = others.annotate(to=F(f"{to_end}_id")).values_list("to")
        return named

    def _step(self, each: Iterable[QuerySet[Any]]) -> set[int]:
        """Give those in scope at the other end of relationships in force; of others the unrestricted are counted."""
        first, *more = each
        found = first.union(*more) if more else first.distinct()
        # Cut before scope is asked, one by one: whoever has thousands of subsidiaries is asked of a few hundred.
        nearest = Customer.objects.filter(pk__in=found.order_by("to")[: MOST_MEMBERS + 1])
        reached = list(nearest.annotate(seen=self._seen.looked_up("pk")).values_list("pk", "seen", "restricted"))
        self._cut = self._cut or len(reached) > MOST_MEMBERS
        self._hidden |= {key for key, seen, restricted in reached if seen is None and not restricted}
        return {key for key, seen, _ in reached if seen is not None}

    def circle(self, keys: set[int], *, cut: bool = False) -> Circle:
        """Read the members."""
        rows = self._seen.filter(pk__in=sorted(keys)[:MOST_MEMBERS]).defer("national_id", "tax_id", "search_text")
        cut = cut or self._cut or len(keys) > MOST_MEMBERS
        return Circle(list(rows.order_by("sort_name", "pk")), len(self._hidden), cut)


def _is_minor(customer: Customer, today: date) -> bool:
    return customer.birth_on is not None and customer.birth_on > _came_of_age(today)


def _came_of_age(today: date) -> date:
    """Give the last birthday of who is of age; one born on 29 February comes of age on 1 March."""
    leap = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year - OF_AGE, day=28 if leap else today.day)
