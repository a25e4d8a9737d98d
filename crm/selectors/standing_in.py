"""Through which covers somebody sees a customer, and whether by nothing else."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

from crm.models import CoverCustomer, Customer
from finpulse.identity.roles import Reach
from finpulse.identity.standing_in import StandIn


def covers_of(user: Any, customer: Customer) -> list[StandIn]:
    """Give the running covers through which the user sees the customer, what lends and lasts most first."""
    return Covers(user, [customer.pk]).of(customer)


class Covers:
    """The running covers of a user towards some customers. The database is asked of those alone that name any, once."""

    def __init__(self, user: Any, keys: Collection[int]) -> None:
        self._lent, self._keys = user.access.covers_with("crm.view_customer"), keys

    def of(self, customer: Customer) -> list[StandIn]:
        """Give those through which he sees the customer, what lends and lasts most first."""
        lent = [cover for cover in self._lent if cover.covered_id == customer.manager_id]
        seen = [cover for cover in lent if self._opens(cover, customer)]
        return sorted(seen, key=lambda cover: (cover.read_only, -cover.ends_at.timestamp()))

    def _opens(self, cover: StandIn, customer: Customer) -> bool:
        if cover.everybody and not customer.restricted:
            return True
        return cover.names and (cover.cover_id, customer.pk) in self._named

    @cached_property
    def _named(self) -> set[tuple[int, int]]:
        naming = [cover.cover_id for cover in self._lent if cover.names]
        rows = CoverCustomer.objects.filter(cover__in=naming, customer__in=self._keys)
        return set(rows.values_list("cover", "customer"))


def stands_in(user: Any, customer: Customer) -> StandIn | None:
    """Give the cover through which the user sees a customer whom he would not see without one."""
    if not user.access.covers or customer.manager_id == user.pk:
        return None
    reach = user.access.reach_with("crm.view_customer")
    in_unit = reach == Reach.UNIT and customer.unit_id in user.access.unit_ids
    if reach == Reach.ALL_AND_RESTRICTED or (not customer.restricted and (in_unit or reach == Reach.ALL)):
        return None
    covers = covers_of(user, customer)
    if not covers or Customer.objects.granted_to(user).filter(pk=customer.pk).exists():
        return None
    return covers[0]
