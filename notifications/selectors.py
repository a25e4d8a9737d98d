"""Messages as screens and mails show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from finpulse.kernel.registries import alert_kinds, subjects
from notifications.alert_kinds import Notice
from notifications.models import Message

COUNTED = 99
SOON = timedelta(days=7)
GONE = "What it was about is not here any more"


@dataclass(frozen=True)
class WordedMessage:
    """A message with its notice, the kind's label, and the path of the page of what it is about ("" for none)."""

    message: Message
    notice: Notice
    label: str
    path: str

    @property
    def tone(self) -> str:
        """How its row looks: "" once read, "bad" when the deadline is past, "warn" when it is near, else "info"."""
        if self.message.read_at:
            return ""
        deadline, today = self.message.deadline_on, timezone.localdate()
        if deadline is None or deadline > today + SOON:
            return "info"
        return "warn" if deadline >= today else "bad"


def unread_counted(user: Any) -> QuerySet[Message]:
    """Give as many messages that wait in the console as are counted: 99."""
    rows: QuerySet[Message] = Message.objects.visible_to(user).unread().order_by()[:COUNTED]
    return rows


def unread_first(user: Any, *, most: int) -> list[WordedMessage]:
    """Give the unread messages whose deadline is nearest."""
    return worded(Message.objects.visible_to(user).unread().most_urgent_first()[:most])


def worded(messages: Iterable[Message]) -> list[WordedMessage]:
    """Word messages in their order, in one or two queries a kind. The caller has seen to their scope."""
    rows = list(messages)
    by_kind: dict[str, list[Message]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    notices: dict[int, Notice] = {}
    for name, alike in by_kind.items():
        if name in alert_kinds:
            notices |= alert_kinds.get(name).notices(alike)
    return [WordedMessage(row, notices.get(row.pk, Notice(GONE, "")), _label(row), path_of(row)) for row in rows]


def _label(message: Message) -> str:
    label: str = alert_kinds.get(message.kind).label if message.kind in alert_kinds else message.kind
    return label


def path_of(message: Message) -> str:
    """Give the path of the page of the row whose scope the message has, or of that on which its kind is acted on."""
    if message.scope_type in subjects:
        return reverse(subjects.get(message.scope_type).url_name, args=[message.scope_id])
    return alert_kinds.get(message.kind).path(message) if message.kind in alert_kinds else ""
