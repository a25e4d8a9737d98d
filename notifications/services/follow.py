"""Messages that go with what they are about to another reader."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from finpulse.audit.services import record
from finpulse.identity.models import User
from notifications.models import Message


@transaction.atomic
def messages_follow(
    *, scope_type: str, scope_ids: Sequence[int], from_ids: Sequence[int], to: User, actor: User | None
) -> int:
    """Give unread messages in the console about these rows from their readers to another. Gives how many.

    What still waits needs nothing: its recipient is resolved when it is delivered.
    """
    about = Message.objects.filter(scope_type=scope_type, scope_id__in=scope_ids, recipient__in=from_ids)
    moved: int = about.unread().update(recipient=to)
    if moved:
        record("notifications.messages.followed", actor=actor, subject=to, detail={"messages": moved})
    return moved
