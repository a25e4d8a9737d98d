"""What a kind of alert says of itself. An app above registers each of its kinds in `kernel.registries.alert_kinds`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse

from finpulse.identity.models import User
from finpulse.kernel.money import amount_text
from notifications.models import Message

CHANNELS = (Message.Channel.IN_APP, Message.Channel.EMAIL)


@dataclass(frozen=True)
class Row:
    """A row by its key in the subjects registry and its id."""

    type: str
    id: int


@dataclass(frozen=True)
class DueAlert:
    """An event that somebody is to hear of. `event` names it within its kind, for good: it becomes the message's key.

    `deadline_on` is by when its reader must have acted. `context` holds keys, dates as text and codes, never a name:
    the notice is worded when it is read or sent.
    """

    event: str
    recipient_role: str
    due_at: datetime
    late: bool
    subject: Row
    scope: Row
    deadline_on: date | None = None
    context: dict[str, Any] = field(default_factory=dict)
    channels: tuple[str, ...] = CHANNELS


@dataclass(frozen=True)
class Notice:
    """A message in words. The title is an e-mail's subject line: no name and no amount in it.

    `said` is what somebody wrote to the reader: the console quotes it.
    """

    title: str
    about: str
    said: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    amount: Decimal | None = None
    currency: str = ""

    @property
    def amount_words(self) -> str:
        """The amount for a mail, or that it is not known; "" where the notice is not about money."""
        if not self.currency:
            return ""
        return "not known" if self.amount is None else amount_text(self.amount, self.currency)


class AlertKind(ABC):
    """Decides what is due, who should hear of it, and in which words; notifications only carries it there."""

    name: str
    label: str
    # The page on which its reader acts, where what it is about has none of its own.
    page = ""
    text_template = "notifications/email.txt"
    html_template = "notifications/email.html"

    def path(self, message: Message) -> str:
        """Give the path of that page for a message of this kind, or ""."""
        return reverse(self.page) if self.page else ""

    @abstractmethod
    def due(self, now: datetime) -> Iterable[DueAlert]:
        """Give what is due at a moment, also what fell due while nobody asked, in bounded memory."""

    @abstractmethod
    def is_due(self, message: Message) -> bool:
        """Tell whether a message that waits is still worth sending."""

    @abstractmethod
    def recipient(self, message: Message) -> User | None:
        """Give who should hear of it now, one who may see its scope, or None when there is nobody."""

    @abstractmethod
    def notices(self, messages: Sequence[Message]) -> dict[int, Notice]:
        """Word messages of this kind, by their ids, in as many queries for a page as for one."""
