"""Reading one's messages in the console."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from finpulse.audit.services import record
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
def messages_read_all(*, actor: Any) -> int:
    """Mark all of one's messages as read; gives how many were not."""
    unread = Message.objects.visible_to(actor).unread().order_by("pk").values_list("pk", flat=True)
    rows = list(unread.select_for_update(no_key=True, of=("self",)))
    Message.objects.filter(pk__in=rows).update(read_at=timezone.now())
    if rows:
        record("notifications.messages.read_all", actor=actor, detail={"messages": len(rows)})
    return len(rows)
