"""Giving unassigned customers their manager, and saying how many one may have."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from crm import policies
from crm.models import Capacity, Customer
from crm.services.charge import charge_move, check_capacity
from finpulse.audit.services import record
from finpulse.identity.models import User
from finpulse.kernel.bulk import Outcome, check_many
from finpulse.kernel.errors import DomainError, InputError

ASSIGNED = "crm.customer.assigned"


class CustomerAssignRefused(DomainError):
    """The customer may not be given to this manager, or not by this actor."""


class CapacitySetRefused(DomainError):
    """The actor does not say how many customers this manager may have."""


@transaction.atomic
def customer_assign(*, customer_id: int, to_manager: User, actor: User, reason: str) -> Customer:
    """Give an unassigned customer his manager.

    :raises CustomerAssignRefused: with a sentence fit for the screen. :raises ManagerIsFull: at his capacity.
    """
    customer: Customer = Customer.objects.select_for_update(no_key=True).get(pk=customer_id)
    verdict = policies.may_assign(actor, customer) and policies.may_be_given(actor, to_manager)
    if not verdict:
        raise CustomerAssignRefused(verdict.reason)
    _check_reason(reason)
    check_capacity(manager=to_manager, more=int(not customer.restricted), actor=actor)
    charge_move(customers=[customer], to_manager=to_manager, actor=actor, verb=ASSIGNED, reason=reason)
    customer.manager = to_manager
    return customer


@transaction.atomic
def customers_assign(*, customer_ids: Sequence[int], to_manager: User, actor: User, reason: str) -> Outcome:
    """Give unassigned customers their manager; those who are not the actor's to assign are left and counted.

    :raises CustomerAssignRefused: for a receiver to whom none may be given. :raises ManagerIsFull: for too many.
    :raises TooManyAtOnce: for more than one go takes.
    """
    check_many(customer_ids)
    verdict = policies.may_be_given(actor, to_manager)
    if not verdict:
        raise CustomerAssignRefused(verdict.reason)
    _check_reason(reason)
    customers = list(Customer.objects.select_for_update(no_key=True).filter(pk__in=customer_ids).order_by("pk"))
    policies.ask_scope_together(actor, customers)
    able = [customer for customer in customers if policies.may_assign(actor, customer)]
    if able:
        check_capacity(manager=to_manager, more=sum(not row.restricted for row in able), actor=actor)
        charge_move(customers=able, to_manager=to_manager, actor=actor, verb=ASSIGNED, reason=reason)
    return Outcome(len(able), refused=len(set(customer_ids)) - len(able))


@transaction.atomic
def capacity_set(*, manager: User, most: int | None, actor: User) -> None:
    """Say how many customers a manager may have at most; None for no limit.

    :raises CapacitySetRefused: when the actor may not. He who has more already keeps them.
    """
    verdict = policies.may_set_capacity(actor, manager)
    if not verdict:
        raise CapacitySetRefused(verdict.reason)
    before = Capacity.objects.select_for_update().filter(manager=manager).first()
    if (before.most if before else None) == most:
        return
    if most is None:
        Capacity.objects.filter(manager=manager).delete()
    else:
        facts = {"most": most, "set_by": actor, "set_at": timezone.now()}
        Capacity.objects.update_or_create(manager=manager, defaults=facts)
    detail = {"before": before.most if before else None, "after": most}
    record("crm.capacity.set", actor=actor, subject=manager, detail=detail)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise InputError("Say why: the reason is kept.", field="reason")
