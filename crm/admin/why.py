"""Through what a user sees a customer, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crm.models import Customer
from crm.selectors.standing_in import covers_of
from finpulse.identity.roles import Reach


def why_seen(user: Any, customer: Customer) -> str:
    """Say through what the user sees this customer, the nearest reason first."""
    return next(reasons_of(user, customer), "this customer was opened to you by name")


def reasons_of(user: Any, customer: Customer) -> Iterator[str]:
    """Yield each reason that the user's access tells; grants stand in rows of their own."""
    reach = user.access.reach_with("crm.view_customer")
    if customer.manager_id == user.pk:
        yield "you are the manager in charge"
    if covers_of(user, customer):
        yield f"you cover {customer.manager}"
    if reach == Reach.UNIT and customer.unit_id in user.access.unit_ids and not customer.restricted:
        yield f"{customer.unit} lies in your unit"
    if reach == Reach.ALL_AND_RESTRICTED or (reach == Reach.ALL and not customer.restricted):
        yield f"your role sees every customer ({user.role_label})"
