"""The restricted flag."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from crm import policies
from crm.models import Customer
from finpulse.audit.services import record
from finpulse.identity.models import User
from finpulse.kernel.errors import DomainError
from finpulse.kernel.history import acting

SET, LIFTED = "crm.customer.restricted", "crm.customer.restriction_lifted"


class CustomerSetRestrictedRefused(DomainError):
    """The flag may not be set or lifted, or not by this actor."""


@transaction.atomic
def customer_set_restricted(*, customer_id: int, restricted: bool, actor: User, reason: str) -> Customer:
    """Put the flag on a customer or take it off; a later feed leaves it as it is here.

    :raises CustomerSetRestrictedRefused: with a sentence fit for the screen.
    """
    customer: Customer = Customer.objects.select_for_update(no_key=True, of=("self",)).get(pk=customer_id)
    verdict = policies.may_restrict(actor, customer, restricted=restricted)
    if not verdict:
        raise CustomerSetRestrictedRefused(verdict.reason)
    verb = SET if restricted else LIFTED
    customer.restricted, customer.updated_at = restricted, timezone.now()
    customer.edited_here = sorted({*customer.edited_here, "restricted"})
    columns = {name: getattr(customer, name) for name in ("restricted", "edited_here", "updated_at")}
    with acting(actor=actor, verb=verb, reason=reason):
        Customer.objects.filter(pk=customer.pk).update(**columns)
    record(verb, actor=actor, subject=customer, reason=reason)
    return customer
