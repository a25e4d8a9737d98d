"""How a row of each listed model is made for a customer and the colleague in charge of him."""

from django.utils import timezone

from notifications.models import DeliveryAttempt, OutboxEntry
from notifications.tests.factories import MessageFactory


def make_entry(customer, user):
    """Give an entry of the outbox with two attempts."""
    message = MessageFactory(customer=customer, recipient=user)
    for outcome in (DeliveryAttempt.Outcome.UNREACHABLE, DeliveryAttempt.Outcome.ACCEPTED):
        DeliveryAttempt.objects.create(message=message, outcome=outcome, ended_at=timezone.now())
    return OutboxEntry.objects.get(pk=message.pk)


ROWS = {
    "notifications.message": lambda customer, user: MessageFactory(customer=customer, recipient=user),
    "notifications.outboxentry": make_entry,
}
