"""A row of each scoped model for a customer. A scoped model without a line here fails the matrix."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model
from django.utils import timezone

from crm.models import Customer
from crm.tests.factories import HoldingFactory, InteractionFactory, TaskFactory
from finpulse.identity.models import User
from notifications.tests.factories import MessageFactory

MARKER = "marker"


ROWS: dict[str, Callable[[Customer, User], Model]] = {
    "crm.customer": lambda customer, user: customer,
    "crm.holding": lambda customer, user: HoldingFactory(customer=customer, name=f"Holding{MARKER}"),
    "crm.interaction": lambda customer, user: InteractionFactory(
        customer=customer, author=user, summary=f"Said{MARKER}"
    ),
    "crm.task": lambda customer, user: TaskFactory(
        customer=customer, assignee=user, created_by=user, title=f"Task{MARKER}", due_on=timezone.localdate()
    ),
    "notifications.message": lambda customer, user: MessageFactory(customer=customer, recipient=user),
}
