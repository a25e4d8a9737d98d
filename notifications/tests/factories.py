"""Facts of notifications for tests."""

import factory
from django.utils import timezone

from notifications.models import Message


class MessageFactory(factory.django.DjangoModelFactory):
    """A message that has reached the console; `customer` is what it is about and whose scope it has."""

    class Meta:
        model = Message

    class Params:
        customer = None

    key = factory.Sequence(lambda n: f"test:{n}")
    kind = "test"
    channel = Message.Channel.IN_APP
    scope_type = subject_type = "crm.customer"
    scope_id = subject_id = factory.LazyAttribute(lambda message: message.customer.pk)
    due_at = sent_at = factory.LazyFunction(timezone.now)
    state = Message.State.SENT
