"""By which right somebody reaches a customer, as ids and codes for the trail, the nearest first as in `why_seen`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from crm.models import Customer, CustomerGroupObjectPermission, CustomerUserObjectPermission
from crm.selectors.standing_in import Covers
from finpulse.identity.models import User
from finpulse.identity.roles import ROLES, Reach
from finpulse.kernel.access.grants import in_force

VIEW = "crm.view_customer"


class Rights:
    """One actor's rights towards some customers. His own cost no query; those by name are read once, if at all."""

    def __init__(self, actor: User, customers: Iterable[Customer]) -> None:
        self.actor, self._keys = actor, [customer.pk for customer in customers]
        self._covers = Covers(actor, self._keys)

    def of(self, customer: Customer) -> dict[str, Any]:
        """Give the right, {} where there is none."""
        if customer.manager_id == self.actor.pk:
            return {"reach": str(Reach.OWN)}
        return self._by_cover(customer) or self._by_role(customer) or self._grants.get(customer.pk, {})

    def _by_cover(self, customer: Customer) -> dict[str, Any]:
        covers = self._covers.of(customer)
        return {"cover": covers[0].cover_id, "for": covers[0].covered_id} if covers else {}

    def _by_role(self, customer: Customer) -> dict[str, Any]:
        access = self.actor.access
        reach = access.reach_with(VIEW)
        if reach == Reach.UNIT and customer.unit_id in access.unit_ids and not customer.restricted:
            return {"reach": str(Reach.UNIT)}
        if reach == Reach.ALL_AND_RESTRICTED or (reach == Reach.ALL and not customer.restricted):
            roles = sorted(role for role, held in access.held if held == VIEW and role in _reaching(reach))
            return {"reach": str(reach), "role": roles[0]}
        return {}

    @cached_property
    def _grants(self) -> dict[int, dict[str, Any]]:
        if not self.actor.access.has_grants:
            return {}
        by_role = _grants(CustomerGroupObjectPermission, self._keys, group__user=self.actor)
        by_name = _grants(CustomerUserObjectPermission, self._keys, user=self.actor)
        return {key: {"role_grant": grant} for key, grant in by_role} | {
            key: {"grant": grant} for key, grant in by_name
        }


def _reaching(reach: Reach) -> set[str]:
    return {name for name, role in ROLES.items() if role.reach == reach}


def acting_by(actor: User, row: Any) -> dict[str, Any]:
    """Give the right by which the actor reaches a customer, or the customer on whom a row hangs."""
    customer: Customer = row if isinstance(row, Customer) else row.customer
    return Rights(actor, [customer]).of(customer)


def by_rights(actor: User, customer_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Give by customer the detail that `record` would add of itself, {"by": …}, in at most four queries."""
    rows = Customer.objects.filter(pk__in=set(customer_ids)).only("manager_id", "unit_id", "restricted")
    customers = list(rows)
    rights = Rights(actor, customers)
    return {customer.pk: {"by": right} for customer in customers if (right := rights.of(customer))}


def _grants(model: Any, keys: list[int], **to: Any) -> Iterable[tuple[int, int]]:
    rows = model.objects.filter(in_force(), content_object__in=keys, permission__codename="view_customer", **to)
    pairs: Iterable[tuple[int, int]] = rows.order_by("pk").values_list("content_object", "pk")
    return pairs
