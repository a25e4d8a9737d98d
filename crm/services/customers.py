"""What FinPulse itself keeps of a customer: contact data."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from crm import policies
from crm.models import Customer, FeedDifference
from crm.models.customer import EDITABLE
from crm.names import write_names
from finpulse.audit.services import record
from finpulse.identity.models import User
from finpulse.kernel.errors import DomainError, EditedMeanwhile, InputError
from finpulse.kernel.history import acting

EDITED = "crm.customer.edited"


class CustomerEditRefused(DomainError):
    """The actor may not edit this customer."""


class CustomerEditedMeanwhile(EditedMeanwhile):
    """Somebody else wrote to columns that the actor edits."""


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
                    f"This was changed while you typed: it says {theirs} now, you wrote {yours}. "
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
