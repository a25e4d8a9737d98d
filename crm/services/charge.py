"""Moving customers from whoever has them in charge to another, or to their units' pools: one set of statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from crm.models import Assignment, Capacity, Customer, Task
from finpulse.audit.services import record_many
from finpulse.identity.models import User
from finpulse.kernel.errors import DomainError
from finpulse.kernel.history import acting
from finpulse.kernel.proposals.models import Proposal
from notifications.services import messages_follow

SUBJECT = "crm.customer"


class ManagerIsFull(DomainError):
    """The manager's capacity does not allow so many customers more."""


def charge_move(
    *,
    customers: Sequence[Customer],
    to_manager: User | None,
    actor: Any,
    verb: str,
    reason: str,
    proposal: Proposal | None = None,
) -> None:
    """Move locked customers with their open tasks and unread alerts, in the caller's transaction.

    Written down as `verb`, one event for each. The number of statements does not grow with the customers.
    """
    now, keys = timezone.now(), [customer.pk for customer in customers]
    former = {customer.pk: customer.manager_id for customer in customers}
    told: dict[str, Any] = {"proposal": proposal.pk} if proposal else {}
    with acting(actor=actor, verb=verb, reason=reason, **told):
        Customer.objects.filter(pk__in=keys).update(manager=to_manager, updated_at=now)
    _write(customers, to_manager, now, moved_by=actor, reason=reason[:500], proposal=proposal)
    if to_manager is not None:
        _tasks_follow(keys, to_manager, now)
        before = sorted({key for key in former.values() if key is not None})
        messages_follow(scope_type=SUBJECT, scope_ids=keys, from_ids=before, to=to_manager, actor=actor)
    to = to_manager.pk if to_manager else None
    details = {key: {"from": manager, "to": to, **told} for key, manager in former.items()}
    record_many(verb, actor=actor, subject_type=SUBJECT, details=details, reason=reason)


def check_capacity(*, manager: User, more: int, actor: Any) -> None:
    """Lock the manager's capacity, so that of two who fill it one waits. :raises ManagerIsFull: for more than it is."""
    capacity = Capacity.objects.select_for_update().filter(manager=manager).first()
    if capacity is None:
        return
    has = Customer.objects.filter(manager=manager, restricted=False).count()
    if has + more > capacity.most:
        raise ManagerIsFull(
            f"{manager} has {has} customers and may have {capacity.most}: {more} more are too many. "
            "Choose another manager, or have the capacity raised."
        )


def _write(customers: Sequence[Customer], to_manager: User | None, now: datetime, **why: Any) -> None:
    running = Assignment.objects.filter(customer__in=customers, until_at=None)
    known = set(running.values_list("customer", flat=True))
    running.update(until_at=now)
    before = [
        Assignment(customer=row, manager_id=row.manager_id, since_at=min(row.created_at, now), until_at=now)
        for row in customers
        if row.pk not in known
    ]
    after = [Assignment(customer=row, manager=to_manager, since_at=now, **why) for row in customers]
    Assignment.objects.bulk_create([*before, *after])


def _tasks_follow(keys: list[int], to_manager: User, now: datetime) -> None:
    """Open tasks of whoever had the customer, and of colleagues who have left."""
    had = Assignment.objects.filter(customer=OuterRef("customer"), until_at=now).values("manager")[:1]
    left = Q(assignee=Subquery(had)) | Q(assignee__is_active=False)
    Task.objects.filter(left, customer__in=keys, state=Task.State.OPEN).update(assignee=to_manager)
