"""Sending again what failed."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from finpulse.audit.services import record
from finpulse.kernel.errors import DomainError
from finpulse.kernel.queue import enqueue
from notifications import policies
from notifications.models import Message
from notifications.services.scan import DELIVER


class MessageResendRefused(DomainError):
    """The message did not fail, or is not the actor's to send again."""


@transaction.atomic
def message_resend(*, message_id: int, actor: Any) -> Message:
    """Let a message that failed wait again and queue its delivery.

    :raises MessageResendRefused: with a sentence fit for the screen.
    """
    message: Message = Message.objects.select_for_update(no_key=True).get(pk=message_id)
    verdict = policies.may_resend_message(actor, message)
    if not verdict:
        raise MessageResendRefused(verdict.reason)
    _reopen(message.pk)
    # Without the key of its first delivery, which is done.
    enqueue(DELIVER, message_id=message.pk)
    record("notifications.message.resent", actor=actor, subject=message)
    return message


@transaction.atomic
def message_take_up(*, message_id: int) -> None:
    """Let a message wait again whose delivery was given up and is tried anew."""
    _reopen(message_id)


def _reopen(message_id: int) -> None:
    failed = Message.objects.filter(pk=message_id, state=Message.State.FAILED)
    failed.update(state=Message.State.WAITING, reason="")
