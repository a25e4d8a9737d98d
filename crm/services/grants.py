"""Ending what opens a customer to somebody by name."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from crm import policies
from crm.models import Customer, CustomerUserObjectPermission
from crm.selectors.grants import grants_open
from finpulse.audit.services import record, record_many
from finpulse.identity.models import User
from finpulse.kernel.access.grants import in_force
from finpulse.kernel.errors import DomainError

ENDED = "crm.customer.grant_ended"


class CustomerGrantEndRefused(DomainError):
    """The actor may not end what is opened by name."""


@transaction.atomic
def customer_grant_end(*, customer_id: int, user_id: int, actor: User, reason: str = "") -> bool:
    """Close the customer to a user to whom he was opened by name. Done twice is done once; gives whether it was open.

    :raises CustomerGrantEndRefused: when the actor may not.
    """
    customer = Customer.objects.select_for_update(no_key=True).get(pk=customer_id)
    verdict = policies.may_open_customer(actor, customer)
    if not verdict:
        raise CustomerGrantEndRefused(verdict.reason)
    ended = grants_open(customer, User(pk=user_id)).update(until_at=timezone.now())
    if ended:
        record(ENDED, actor=actor, subject=customer, reason=reason, detail={"to": user_id})
    return bool(ended)


@transaction.atomic
def grants_end_beyond_roles(*, user: User, actor: Any) -> int:
    """End what this user's roles do not let him use any more, for good. Gives how many customers that was."""
    open_to_him = CustomerUserObjectPermission.objects.filter(in_force(), user=user)
    beyond = open_to_him.exclude(permission__codename__in=_usable(user))
    details = {key: {"to": user.pk, "cause": "roles"} for key in beyond.values_list("content_object", flat=True)}
    beyond.update(until_at=timezone.now())
    return record_many(ENDED, actor=actor, subject_type="crm.customer", details=details)


def _usable(user: User) -> list[str]:
    verbs = ("view_customer", "change_customer")
    return [verb for verb in verbs if user.is_active and f"crm.{verb}" in user.access.permissions]
