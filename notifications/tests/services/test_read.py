"""One reads one's own messages."""

import pytest

from finpulse.audit.models import AuditEvent
from finpulse.kernel.bulk import MOST, Outcome, TooManyAtOnce
from notifications.models import Message
from notifications.services import MessageReadRefused, message_read, messages_read, messages_read_all
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


def test_some_are_read_once_each_written_down_and_anothers_left_alone(bank, people):
    rows = [MessageFactory(customer=bank.own, recipient=people.alice) for _ in range(3)]
    others = MessageFactory(customer=bank.own, recipient=people.dana)
    message_read(message_id=rows[0].pk, actor=people.alice)
    keys = [*(row.pk for row in rows), others.pk]
    assert messages_read(message_ids=keys, actor=people.alice) == Outcome(2, already=1, refused=1)
    assert messages_read(message_ids=keys, actor=people.alice) == Outcome(0, already=3, refused=1)
    others.refresh_from_db()
    assert others.read_at is None
    assert verbs() == ["notifications.message.read"] * 3


def test_more_than_one_go_takes_are_refused(bank, people):
    with pytest.raises(TooManyAtOnce, match="At most 500"):
        messages_read(message_ids=range(MOST + 1), actor=people.alice)
