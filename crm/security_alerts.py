"""The break-glass alarm: compliance and every system administrator hear within a minute that the account was opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime

from finpulse.identity.models import SignInSession, User
from notifications.alert_kinds import AlertKind, DueAlert, Notice, Row
from notifications.models import Message

# What was opened while no scan ran is still told.
TOLD_AFTER = timedelta(days=30)
ROLES = ("compliance", "system_administrator")
SOON = timedelta(minutes=5)


class BreakGlassAlarm(AlertKind):
    """Each opening of the break-glass account, to each active holder of the two roles."""

    name = "break_glass"
    label = "Break-glass"

    def due(self, now: datetime) -> Iterator[DueAlert]:
        """Give one alert per opening and person who had the role when it was found."""
        opened = SignInSession.objects.filter(method=SignInSession.Method.BREAK_GLASS, started_at__gt=now - TOLD_AFTER)
        for key, user_id, started_at in opened.order_by("pk").values_list("pk", "user_id", "started_at"):
            for role in ROLES:
                people = User.objects.filter(groups__name=role, is_active=True).exclude(pk=user_id).order_by("pk")
                for person_id in people.values_list("pk", flat=True):
                    yield DueAlert(
                        event=f"{key}:{person_id}",
                        recipient_role=role,
                        due_at=started_at,
                        late=now > started_at + SOON,
                        subject=Row("", key),
                        scope=Row("", 0),
                        context={"person": person_id},
                    )

    def is_due(self, message: Message) -> bool:
        """An alarm is never too late."""
        return True

    def recipient(self, message: Message) -> User | None:
        """Give the person, while he is here."""
        user: User | None = User.objects.with_access().filter(pk=message.context["person"], is_active=True).first()
        return user

    def notices(self, messages: Sequence[Message]) -> dict[int, Notice]:
        """Word them by what the sign-ins say, in one query."""
        opened = SignInSession.objects.in_bulk({message.subject_id for message in messages})
        return {message.pk: _notice(opened[message.subject_id]) for message in messages if message.subject_id in opened}


def _notice(opened: SignInSession) -> Notice:
    started_at, expires_at = localtime(opened.started_at), localtime(opened.expires_at)
    return Notice(
        title=f"The break-glass account was opened on {date_format(started_at, 'j F Y, H:i')}",
        about=opened.reason,
        facts=(
            ("Opened", date_format(started_at, "l j F Y, H:i")),
            ("Over at the latest", date_format(expires_at, "H:i")),
            ("From", opened.address or "an unknown address"),
            ("Reason given", opened.reason),
        ),
    )
