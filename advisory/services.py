"""Looking at advice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from advisory.selectors import Eligibility, eligibility_for_customer
from crm.models import Customer
from finpulse.audit.services import record
from finpulse.identity.models import User


@transaction.atomic
def eligibility_view(*, customer: Customer, actor: User, now: datetime) -> Eligibility:
    """Give what a customer may apply for, once the look is written down.

    :raises PermissionDenied: when the actor's role or scope does not reach the customer.
    """
    eligibility = eligibility_for_customer(customer=customer, user=actor, now=now)
    record("advisory.eligibility.viewed", actor=actor, subject=customer)
    return eligibility
