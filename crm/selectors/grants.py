"""What opens a customer to somebody by name."""

from __future__ import annotations

from django.db.models import QuerySet

from crm.models import Customer, CustomerUserObjectPermission
from finpulse.identity.models import User
from finpulse.kernel.access.grants import in_force


def grants_open(customer: Customer, user: User) -> QuerySet[CustomerUserObjectPermission]:
    """Give the grants in force that open a customer to a user: one to look, one to work."""
    rows: QuerySet[CustomerUserObjectPermission] = CustomerUserObjectPermission.objects.filter(
        in_force(), content_object=customer, user=user
    )
    return rows
