"""A row of each scoped model for a customer. A scoped model without a line here fails the matrix."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from django.db.models import Model
from django.utils import timezone

from crm.models import Customer
from crm.tests.factories import HoldingFactory, InteractionFactory, TaskFactory
from finpulse.identity.models import User
from notifications.models import Message

MARKER = "marker"
_NUMBERS = count()


def _message(customer: Customer, user: User) -> Message:
    return Message.objects.create(
        key=f"test:{next(_NUMBERS)}",
        kind="maturity",
        channel=Message.Channel.IN_APP,
        scope_type="crm.customer",
        scope_id=customer.pk,
        subject_type="crm.customer",
        subject_id=customer.pk,
        context={},
        due_at=timezone.now(),
        recipient=user,
        state=Message.State.SENT,
        sent_at=timezone.now(),
    )


ROWS: dict[str, Callable[[Customer, User], Model]] = {
    "crm.customer": lambda customer, user: customer,
    "crm.holding": lambda customer, user: HoldingFactory(customer=customer, name=f"Holding{MARKER}"),
    "crm.interaction": lambda customer, user: InteractionFactory(
        customer=customer, author=user, summary=f"Said{MARKER}"
    ),
    "crm.task": lambda customer, user: TaskFactory(
        customer=customer, assignee=user, created_by=user, title=f"Task{MARKER}", due_on=timezone.localdate()
    ),
    "notifications.message": _message,
}
