"""One reads one's own messages."""

import pytest

from finpulse.audit.models import AuditEvent
from notifications.models import Message
from notifications.services import MessageReadRefused, message_read, messages_read_all
from notifications.tests.factories import MessageFactory

pytestmark = pytest.mark.django_db


def verbs():
    return list(AuditEvent.objects.filter(verb__startswith="notifications.").values_list("verb", flat=True))


def test_a_message_is_read_once(bank, people):
    message = MessageFactory(customer=bank.own, recipient=people.alice)
    first = message_read(message_id=message.pk, actor=people.alice).read_at
    assert first
    assert message_read(message_id=message.pk, actor=people.alice).read_at == first
    assert verbs() == ["notifications.message.read"]


def test_anothers_message_is_not_read(bank, people):
    message = MessageFactory(customer=bank.own, recipient=people.alice)
    with pytest.raises(MessageReadRefused, match="not yours"):
        message_read(message_id=message.pk, actor=people.bob)
    assert verbs() == []


def test_a_mail_is_not_read_here(bank, people):
    message = MessageFactory(customer=bank.own, recipient=people.alice, channel=Message.Channel.EMAIL)
    with pytest.raises(MessageReadRefused, match="in the console"):
        message_read(message_id=message.pk, actor=people.alice)


def test_all_are_read_but_anothers(bank, people):
    rows = [MessageFactory(customer=bank.own, recipient=people.alice) for _ in range(3)]
    others = MessageFactory(customer=bank.own, recipient=people.dana)
    assert messages_read_all(actor=people.alice) == 3
    assert messages_read_all(actor=people.alice) == 0
    assert Message.objects.filter(pk__in=[row.pk for row in rows], read_at__isnull=False).count() == 3
    others.refresh_from_db()
    assert others.read_at is None
    assert verbs() == ["notifications.messages.read_all"]
