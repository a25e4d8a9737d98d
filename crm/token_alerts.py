"""What is told of API tokens: that one ends soon, waits to be fetched, or has ended with who answered for it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime

from finpulse.audit.models import AuditEvent
from finpulse.identity.models import ApiToken, User
from finpulse.identity.models.api_token import TOLD_BEFORE
from finpulse.identity.services.api_token_ends import KEEPER_LEFT
from finpulse.kernel.api.scopes import scope_words
from notifications.alert_kinds import CHANNELS, AlertKind, DueAlert, Notice, Row
from notifications.models import Message

# Whose role has no messages in the console, a product administrator's, reads his mail.
MAIL = (Message.Channel.EMAIL,)
ADMINISTRATOR = "system_administrator"
SOON = timedelta(hours=1)
# What ended while no scan ran is still told.
TOLD_AFTER = timedelta(days=7)


class TokenAlert(AlertKind):
    """About a token, to one person; worded by what the token is when it is read."""

    page = "admin:identity_api_tokens"

    def recipient(self, message: Message) -> User | None:
        """Give the person, while he is here."""
        user: User | None = User.objects.with_access().filter(pk=message.context["person"], is_active=True).first()
        return user

    def notices(self, messages: Sequence[Message]) -> dict[int, Notice]:
        """Word them, in one query."""
        tokens = ApiToken.objects.select_related("user").in_bulk({message.subject_id for message in messages})
        told = {message: tokens.get(message.subject_id) for message in messages}
        return {message.pk: self.notice(token) for message, token in told.items() if token is not None}

    @abstractmethod
    def notice(self, token: ApiToken) -> Notice:
        """Word it."""


class TokenEnds(TokenAlert):
    """Two weeks and a day before, to its owner or who answers for it; where nobody does, to those who give access."""

    name = "token_ends"
    label = "API token ends"

    def due(self, now: datetime) -> Iterator[DueAlert]:
        """Give one for each token, lead and person."""
        ending = ApiToken.objects.filter(digest__isnull=False, expires_at__gt=now, expires_at__lte=now + TOLD_BEFORE[0])
        for token in _live(ending).iterator():
            lead = _lead(token, now)
            if lead is not None:
                for person, channels in _hearers(token):
                    event, at = f"{token.pk}:{lead.days}:{person}", token.expires_at - lead
                    yield _alert(token.pk, event, person, at=at, now=now, channels=channels, until=token.expires_at)

    def is_due(self, message: Message) -> bool:
        """Tell whether it still signs in."""
        live = ApiToken.objects.filter(pk=message.subject_id or 0, revoked_at=None, expires_at__gt=timezone.now())
        return live.exists()

    def notice(self, token: ApiToken) -> Notice:
        """Say until when, and how it is replaced."""
        how = (
            "Make another under API tokens"
            if token.kind == "PERSONAL"
            else "Have a system administrator propose another"
        )
        return Notice(
            title=f"An API token ends on {_day(token.expires_at)}",
            about=f"{token.name} of {token.user}",
            facts=(*_facts(token), ("What to do", f"{how}, put it into the script, and revoke this one")),
        )


class TokenOffered(TokenAlert):
    """Once two people have agreed on a token of an integration, to who answers for it."""

    name = "token_offered"
    label = "Token to be fetched"

    def due(self, now: datetime) -> Iterator[DueAlert]:
        """Give one for each that waits."""
        for token in _live(ApiToken.objects.filter(digest=None, offered_until__gt=now)).iterator():
            for person, channels in _hearers(token):
                event, until = f"{token.pk}:{person}", token.offered_until
                yield _alert(token.pk, event, person, at=token.created_at, now=now, channels=channels, until=until)

    def is_due(self, message: Message) -> bool:
        """Tell whether it still waits."""
        waiting = ApiToken.objects.filter(pk=message.subject_id or 0, digest=None, revoked_at=None)
        return waiting.filter(offered_until__gt=timezone.now()).exists()

    def notice(self, token: ApiToken) -> Notice:
        """Say where and until when."""
        until = date_format(localtime(token.offered_until), "j F Y, H:i") if token.offered_until else "fetched already"
        return Notice(
            title="A token of an integration waits for you, who answer for it",
            about=f"{token.name} of {token.user}",
            facts=(
                *_facts(token),
                ("Fetch it until", until),
                ("What to do", "Your menu, API tokens: it is shown once"),
            ),
        )


class TokenEnded(TokenAlert):
    """An integration's token has ended with who answered for it: to everybody who can propose the next."""

    name = "token_ended"
    label = "Integration without a token"
    page = "admin:identity_apitoken_changelist"

    def due(self, now: datetime) -> Iterator[DueAlert]:
        """Give one for each token and person."""
        ended = AuditEvent.objects.filter(verb="identity.apitoken.revoked", detail__why=KEEPER_LEFT)
        for token_id, at in ended.filter(at__gt=now - TOLD_AFTER).order_by("id").values_list("subject_id", "at"):
            for person in _administrators():
                yield _alert(
                    token_id or 0, f"{token_id}:{person}", person, at=at, now=now, channels=CHANNELS, until=None
                )

    def is_due(self, message: Message) -> bool:
        """An alarm is never too late."""
        return True

    def notice(self, token: ApiToken) -> Notice:
        """Say what stands still, and what to do."""
        return Notice(
            title="A token of an integration has ended: who answered for it left",
            about=f"{token.name} of {token.user}",
            facts=(*_facts(token), ("What to do", "Propose the next one, answered for by somebody else")),
        )


def _live(rows: QuerySet[ApiToken]) -> QuerySet[Any]:
    """Give those not revoked, each with the key of the `person` who hears of it, and whether `in_console`."""
    owner = Case(When(kind=ApiToken.Kind.PERSONAL, then="user"))
    grants = {"codename": "view_message", "content_type__app_label": "notifications"}
    reading = User.objects.filter(**{f"groups__permissions__{name}": value for name, value in grants.items()})
    in_console = Exists(reading.filter(pk=OuterRef("person")))
    live = rows.filter(revoked_at=None).annotate(person=Coalesce("keeper", owner))
    return live.annotate(in_console=in_console).order_by("pk")


def _lead(token: ApiToken, now: datetime) -> timedelta | None:
    """Give the shortest lead that is reached, of those that the token was ever longer than."""
    left, whole = token.expires_at - now, token.expires_at - token.created_at
    return min((lead for lead in TOLD_BEFORE if left <= lead < whole), default=None)


def _hearers(token: Any) -> list[tuple[int, tuple[str, ...]]]:
    if token.person is None:
        return [(person, CHANNELS) for person in _administrators()]
    return [(token.person, CHANNELS if token.in_console else MAIL)]


def _administrators() -> list[int]:
    people = User.objects.filter(groups__name=ADMINISTRATOR, is_active=True)
    return list(people.order_by("pk").values_list("pk", flat=True))


def _alert(
    token_id: int,
    event: str,
    person: int,
    *,
    at: datetime,
    now: datetime,
    channels: tuple[str, ...],
    until: datetime | None,
) -> DueAlert:
    return DueAlert(
        event=event,
        recipient_role="owner",
        due_at=at,
        late=now > at + SOON,
        subject=Row("", token_id),
        scope=Row("", 0),
        deadline_on=localdate(until) if until else None,
        context={"person": person},
        channels=channels,
    )


def _facts(token: ApiToken) -> tuple[tuple[str, str], ...]:
    known = f"{token.name}, fp_{token.prefix}…" if token.prefix else token.name
    used = date_format(localtime(token.last_used_at), "j F Y, H:i") if token.last_used_at else "never"
    return (
        ("Token", known),
        ("Signs in as", f"{token.user} ({token.user.username})"),
        ("May", ", ".join(scope_words(token.scopes))),
        ("Ends", date_format(localtime(token.expires_at), "j F Y, H:i")),
        ("Last used", used),
    )


def _day(at: datetime) -> str:
    return date_format(localtime(at), "j F Y")
