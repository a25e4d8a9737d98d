"""Reading one's messages in the console."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from finpulse.audit.services import record, record_many
from finpulse.kernel.access.backend import ask_together
from finpulse.kernel.bulk import Outcome, check_many
from finpulse.kernel.errors import DomainError
from notifications import policies
from notifications.models import Message


class MessageReadRefused(DomainError):
    """The message is not the actor's to read."""


@transaction.atomic
def message_read(*, message_id: int, actor: Any) -> Message:
    """Mark one's own message as read; a second time changes nothing.

    :raises MessageReadRefused: for another's message, or one that is not in the console.
    """
    message: Message = Message.objects.select_for_update(no_key=True).get(pk=message_id)
    verdict = policies.may_read_message(actor, message)
    if not verdict:
        raise MessageReadRefused(verdict.reason)
    if message.read_at is None:
        message.read_at = timezone.now()
        Message.objects.filter(pk=message.pk).update(read_at=message.read_at)
        record("notifications.message.read", actor=actor, subject=message)
    return message


@transaction.atomic
def messages_read(*, message_ids: Sequence[int], actor: Any) -> Outcome:
    """Mark some of one's messages as read; one that was stays so, another's is left alone, both are counted.

    :raises TooManyAtOnce: for more than one go takes.
    """
    check_many(message_ids)
    messages = list(Message.objects.select_for_update(no_key=True).filter(pk__in=message_ids).order_by("pk"))
    ask_together(actor, messages, perm="notifications.change_message")
    able = [message for message in messages if policies.may_read_message(actor, message)]
    unread = [message.pk for message in able if message.read_at is None]
    Message.objects.filter(pk__in=unread).update(read_at=timezone.now())
    details: dict[int, dict[str, Any]] = {key: {} for key in unread}
    record_many("notifications.message.read", actor=actor, subject_type=Message._meta.label_lower, details=details)
    return Outcome(len(unread), already=len(able) - len(unread), refused=len(set(message_ids)) - len(able))


@transaction.atomic
def messages_read_all(*, actor: Any) -> int:
    """Mark all of one's messages as read; gives how many were not."""
    unread = Message.objects.visible_to(actor).unread().order_by("pk").values_list("pk", flat=True)
    rows = list(unread.select_for_update(no_key=True, of=("self",)))
    Message.objects.filter(pk__in=rows).update(read_at=timezone.now())
    if rows:
        record("notifications.messages.read_all", actor=actor, detail={"messages": len(rows)})
    return len(rows)
