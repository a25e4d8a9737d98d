"""Opening a customer to somebody by name, and ending that."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone

from crm import policies
from crm.models import Customer, CustomerUserObjectPermission
from crm.selectors.grants import Standing, grant_standing, grants_open
from finpulse.audit.services import record, record_many
from finpulse.identity.models import User
from finpulse.kernel.access.grants import in_force
from finpulse.kernel.errors import DomainError

ENDED = "crm.customer.grant_ended"


LONGEST_GRANT = timedelta(days=366)


class CustomerGrantRefused(DomainError):
    """The actor may not open this customer to somebody."""


class CustomerGrantStands(CustomerGrantRefused):
    """The customer is open to this user already; `standing` is what would be replaced."""

    def __init__(self, standing: Standing) -> None:
        open_to = f"{standing.grant.user} is brought in already, {standing.in_words()}."
        super().__init__(f"{open_to} Send this again to put yours in its place.")
        self.standing = standing


class CustomerGrantEndRefused(DomainError):
    """The actor may not end what is opened by name."""


@transaction.atomic
def customer_grant(
    *,
    customer_id: int,
    to_user: User,
    actor: User,
    reason: str,
    until_at: datetime | None = None,
    editable: bool = False,
    shown: str | None = None,
) -> None:
    """Open one customer to one user by name, to look or also to work; on a restricted customer this is need-to-know.

    Given again, it is as it was given last; `shown` is the mark of what the actor knows to stand, without which he is
    not asked. Without an end it ends after the longest time that there is, a year.

    :raises CustomerGrantRefused: when the actor may not, for himself or a role without customers, without a reason.
    :raises CustomerGrantStands: for another in force than what the actor knows.
    """
    customer = Customer.objects.select_for_update(no_key=True).get(pk=customer_id)
    verdict = policies.may_grant_customer(actor, customer, to_user=to_user, editable=editable)
    if not verdict:
        raise CustomerGrantRefused(verdict.reason)
    if not reason.strip():
        raise CustomerGrantRefused("Say why: the reason is kept.")
    latest = timezone.now() + LONGEST_GRANT
    until_at = until_at or latest
    if until_at > latest:
        raise CustomerGrantRefused("A customer is opened for a year at most: choose a day within it.")
    standing = grant_standing(customer, to_user)
    if standing and shown not in (None, standing.mark) and not standing.says(until_at, editable, reason):
        raise CustomerGrantStands(standing)
    _write(customer, to_user, editable, granted_by=actor, reason=reason, until_at=until_at)
    detail = {"to": to_user.pk, "editable": editable, "until_at": until_at.isoformat()}
    if standing:
        detail["before"] = standing.facts()
    record("crm.customer.granted", actor=actor, subject=customer, reason=reason, detail=detail)


def _write(customer: Customer, to_user: User, editable: bool, **facts: Any) -> None:
    names = ("view_customer", "change_customer") if editable else ("view_customer",)
    if not editable:
        grants_open(customer, to_user).filter(permission__codename="change_customer").update(until_at=timezone.now())
    for permission in Permission.objects.filter(content_type__app_label="crm", codename__in=names):
        CustomerUserObjectPermission.objects.update_or_create(
            user=to_user,
            permission=permission,
            content_object=customer,
            defaults=facts | {"granted_at": timezone.now()},
        )


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
