"""What FinPulse itself keeps of a customer: contact data, and to whom he is opened."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from crm import policies
from crm.models import Customer, CustomerUserObjectPermission, FeedDifference
from crm.models.customer import EDITABLE
from crm.names import write_names
from crm.selectors.grants import grants_open
from finpulse.audit.services import record
from finpulse.identity.models import User
from finpulse.kernel.errors import DomainError, EditedMeanwhile, InputError
from finpulse.kernel.history import acting

EDITED = "crm.customer.edited"
LONGEST_GRANT = timedelta(days=366)


class CustomerEditRefused(DomainError):
    """The actor may not edit this customer."""


class CustomerEditedMeanwhile(EditedMeanwhile):
    """Somebody else wrote to columns that the actor edits."""


class CustomerGrantRefused(DomainError):
    """The actor may not open this customer to somebody."""


@transaction.atomic
def customer_edit(
    *, customer_id: int, changes: dict[str, Any], actor: User, shown: dict[str, str] | None = None
) -> Customer:
    """Edit contact data. What is edited here is kept: a later feed leaves these columns alone.

    `shown` is what stood in the changed columns when the actor began; without it he is not asked.

    :raises CustomerEditRefused: when the actor may not.
    :raises CustomerEditedMeanwhile: when a changed column holds neither what was shown nor what is to be written.
    :raises InputError: for a column that the core-banking system owns, or a value that cannot be right.
    """
    customer: Customer = Customer.objects.select_for_update(no_key=True, of=("self",)).get(pk=customer_id)
    verdict = policies.may_edit_customer(actor, customer)
    if not verdict:
        raise CustomerEditRefused(verdict.reason)
    if foreign := sorted(set(changes) - set(EDITABLE)):
        raise InputError(f"The core-banking system owns {', '.join(foreign)}.", field=foreign[0])
    changed = {name: value for name, value in changes.items() if getattr(customer, name) != value}
    if not changed:
        return customer
    if shown is not None:
        _check_shown(customer, changed, shown)
    again = set(changed).intersection(customer.edited_here)
    edited_here = {*customer.edited_here, *changed}
    write_contact(customer=customer, changed=changed, edited_here=edited_here, actor=actor, verb=EDITED)
    record(EDITED, actor=actor, subject=customer, detail={"columns": sorted(changed)})
    for name in again:
        FeedDifference.objects.filter(customer=customer, column=name, theirs=changed[name]).delete()
    return customer


def _check_shown(customer: Customer, changed: dict[str, Any], shown: dict[str, str]) -> None:
    meanwhile = {}
    for name, value in changed.items():
        now = getattr(customer, name)
        # A browser gives blanks and ends of lines back in its own way.
        if now.split() != shown.get(name, "").split():
            yours, theirs = (f"“{text}”" if text else "nothing" for text in (value, now))
            meanwhile[name] = (
                now,
                (
                    f"Somebody changed this while you typed: it says {theirs} now, you wrote {yours}. "
                    "Save again to put yours in its place, or write what is right."
                ),
            )
    if meanwhile:
        raise CustomerEditedMeanwhile(meanwhile)


def write_contact(
    *, customer: Customer, changed: dict[str, Any], edited_here: set[str], actor: User, verb: str
) -> None:
    """Write contact data of a locked customer, and which columns are FinPulse's own word from now on.

    :raises InputError: for a value that cannot be right.
    """
    for name, value in changed.items():
        setattr(customer, name, value)
    _check(customer, changed)
    customer.edited_here = sorted(edited_here)
    customer.updated_at = timezone.now()
    write_names(customer)
    columns = [*changed, "edited_here", "updated_at", "sort_name", "search_text"]
    with acting(actor=actor, verb=verb):
        Customer.objects.filter(pk=customer.pk).update(**{name: getattr(customer, name) for name in columns})


def _check(customer: Customer, changed: dict[str, Any]) -> None:
    if changed.get("phone") and not _is_e164(customer.phone):
        raise InputError("Write the number with its country's code and digits only, as +420602118204.", field="phone")
    for name in changed:
        try:
            column: Any = customer._meta.get_field(name)
            column.clean(getattr(customer, name), customer)
        except ValidationError as error:
            raise InputError(" ".join(error.messages), field=name) from error


def _is_e164(phone: str) -> bool:
    return re.fullmatch(r"\+[1-9][0-9]{6,14}", phone) is not None


@transaction.atomic
def customer_grant(
    *,
    customer_id: int,
    to_user: User,
    actor: User,
    reason: str,
    until_at: datetime | None = None,
    editable: bool = False,
) -> None:
    """Open one customer to one user by name, to look or also to work; on a restricted customer this is need-to-know.

    Given again, it is as it was given last. Without an end it ends after the longest time that there is, a year.

    :raises CustomerGrantRefused: when the actor may not, for himself or a role without customers, without a reason.
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
    names = ("view_customer", "change_customer") if editable else ("view_customer",)
    if not editable:
        grants_open(customer, to_user).filter(permission__codename="change_customer").update(until_at=timezone.now())
    for permission in Permission.objects.filter(content_type__app_label="crm", codename__in=names):
        CustomerUserObjectPermission.objects.update_or_create(
            user=to_user,
            permission=permission,
            content_object=customer,
            defaults={"granted_by": actor, "reason": reason, "granted_at": timezone.now(), "until_at": until_at},
        )
    detail = {"to": to_user.pk, "editable": editable, "until_at": until_at.isoformat()}
    record("crm.customer.granted", actor=actor, subject=customer, reason=reason, detail=detail)
