"""The alarm that somebody has had many identifiers shown, to everybody in compliance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime

from crm.models import IdentifierReveal
from finpulse.identity.models import User
from notifications.alert_kinds import AlertKind, DueAlert, Notice, Row
from notifications.models import Message

ROLE = "compliance"
# What was done while no scan ran is still told.
TOLD_AFTER = timedelta(days=30)
SOON = timedelta(minutes=5)


class RevealAlarm(AlertKind):
    """Each reveal marked as bulk, to each active holder of the role but the one who did it."""

    name = "reveals"
    label = "Identifiers shown"

    def due(self, now: datetime) -> Iterator[DueAlert]:
        """Give one alert per marked reveal and person."""
        marked = IdentifierReveal.objects.filter(is_bulk=True, revealed_at__gt=now - TOLD_AFTER).order_by("pk")
        for reveal in marked:
            people = User.objects.filter(groups__name=ROLE, is_active=True).exclude(pk=reveal.user_id).order_by("pk")
            for person in people.values_list("pk", flat=True):
                yield DueAlert(
                    event=f"{reveal.pk}:{person}",
                    recipient_role=ROLE,
                    due_at=reveal.revealed_at,
                    late=now > reveal.revealed_at + SOON,
                    subject=Row("", reveal.pk),
                    scope=Row("", 0),
                    context={"person": person},
                )

    def is_due(self, message: Message) -> bool:
        """An alarm is never too late."""
        return True

    def recipient(self, message: Message) -> User | None:
        """Give the person, while he is here."""
        user: User | None = User.objects.with_access().filter(pk=message.context["person"], is_active=True).first()
        return user

    def notices(self, messages: Sequence[Message]) -> dict[int, Notice]:
        """Word them by what the reveals say, in one query."""
        keys = {message.subject_id for message in messages}
        reveals = IdentifierReveal.objects.select_related("user").in_bulk(keys)
        return {
            message.pk: _notice(reveals[message.subject_id]) for message in messages if message.subject_id in reveals
        }


def _notice(reveal: IdentifierReveal) -> Notice:
    at = date_format(localtime(reveal.revealed_at), "j F Y, H:i")
    return Notice(
        title="Somebody had many identifiers shown within an hour",
        about=str(reveal.user),
        facts=(
            ("Who", f"{reveal.user} ({reveal.user.username})"),
            ("Last at", at),
            ("Reason given last", reveal.reason),
        ),
    )
