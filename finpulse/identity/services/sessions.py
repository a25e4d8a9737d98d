"""A sign-in from its beginning to its end. Whoever ends one deletes its session: no request revives it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet

from finpulse.audit.services import record, record_many
from finpulse.identity.models import SignInSession, User
from finpulse.identity.models.sign_in_session import AGENT_LETTERS, idle_limit
from finpulse.identity.services.confirming import refresh_token_keep

EndReason = SignInSession.EndReason

SEEN_EVERY = timedelta(minutes=1)
MOST_AT_ONCE = 1000


@dataclass(frozen=True)
class ProviderSession:
    """What the identity provider calls this sign-in; empty for one without provider."""

    provider_issuer: str = ""
    provider_subject: str = ""
    provider_sid: str = ""


@transaction.atomic
def sign_in_start(
    *,
    actor: User,
    session_key: str,
    method: str,
    now: datetime,
    address: str | None = None,
    agent: str = "",
    provider: ProviderSession | None = None,
    reason: str = "",
    refresh_token: str = "",
) -> SignInSession:
    """Write down that the user has signed in, in the session of this key."""
    sign_in = SignInSession.objects.create(
        user=actor,
        session_id=session_key,
        method=method,
        started_at=now,
        seen_at=now,
        expires_at=now + _longest(method),
        confirmed_at=now if provider else None,
        reason=reason,
        address=address,
        agent=agent[:AGENT_LETTERS],
        **asdict(provider or ProviderSession()),
    )
    refresh_token_keep(sign_in=sign_in, refresh_token=refresh_token)
    record("identity.user.signed_in", actor=actor, subject=actor, detail={"sign_in": sign_in.pk, "method": method})
    return sign_in


def _longest(method: str) -> timedelta:
    if method == SignInSession.Method.BREAK_GLASS:
        return timedelta(minutes=settings.BREAK_GLASS_MINUTES)
    return timedelta(hours=settings.SESSION_ABSOLUTE_HOURS)


def sign_in_touch(*, sign_in: SignInSession, now: datetime) -> None:
    """Write down that there was a request, once a minute at most; one that has ended stays as it is."""
    if now >= sign_in.seen_at + SEEN_EVERY:
        due = SignInSession.objects.filter(pk=sign_in.pk, ended_at__isnull=True, seen_at__lte=now - SEEN_EVERY)
        due.update(seen_at=now)


def sign_in_rekey(*, sign_in: SignInSession, session_key: str) -> bool:
    """Have the sign-in go on in a session of another key. False when it has ended: that session then holds nobody."""
    return bool(SignInSession.objects.filter(pk=sign_in.pk, ended_at__isnull=True).update(session_id=session_key))


@transaction.atomic
def sign_in_end(*, sign_in_id: int, reason: str, actor: User | None, now: datetime) -> bool:
    """End a sign-in and its session. False when it had ended before: then nothing is changed.

    Who may end whose is asked before; `actor` None means the clock, the provider or FinPulse itself.
    """
    ended = _end(SignInSession.objects.filter(pk=sign_in_id), reason=reason, now=now)
    return bool(_record_ended(ended, reason=reason, actor=actor))


@transaction.atomic
def sign_ins_end(*, reason: str, actor: User | None, now: datetime, but: int | None = None, **whose: Any) -> int:
    """End the sign-ins of a `user`, or those that `provider_issuer`, `provider_subject`, `provider_sid` name.

    `but` is one that goes on. Gives how many ended.

    :raises ValueError: when nobody is named: that would be everybody.
    """
    if not whose:
        raise ValueError("whose sign-ins are to end is not said")
    rows = SignInSession.objects.filter(**whose)
    ended = _end(rows if but is None else rows.exclude(pk=but), reason=reason, now=now)
    return _record_ended(ended, reason=reason, actor=actor)


@transaction.atomic
def sign_ins_expire(*, now: datetime) -> int:
    """End those that are over by the clock, and those of deactivated users, a thousand at most. Gives how many."""
    ended = 0
    for reason, over in (
        (EndReason.ABSOLUTE, Q(expires_at__lte=now)),
        (EndReason.IDLE, Q(seen_at__lte=now - idle_limit())),
        (EndReason.DEACTIVATED, Q(user__is_active=False)),
    ):
        rows = _end(SignInSession.objects.filter(over), reason=reason, now=now)
        ended += _record_ended(rows, reason=reason, actor=None)
    return ended


def _end(rows: QuerySet[SignInSession], *, reason: str, now: datetime) -> list[SignInSession]:
    """End those that run and delete their sessions. One that somebody else ends meanwhile is not among those given."""
    running = rows.filter(ended_at__isnull=True).order_by("pk")
    ended = list(running.select_for_update(of=("self",))[:MOST_AT_ONCE])
    if ended:
        keys = [sign_in.pk for sign_in in ended]
        SignInSession.objects.filter(pk__in=keys).update(ended_at=now, end_reason=reason, refresh_token=None)
        Session.objects.filter(pk__in=[sign_in.session_id for sign_in in ended]).delete()
    return ended


def _record_ended(ended: list[SignInSession], *, reason: str, actor: User | None) -> int:
    details = [(sign_in.user_id, {"sign_in": sign_in.pk, "why": reason}) for sign_in in ended]
    return record_many("identity.user.session_ended", actor=actor, subject_type="identity.user", details=details)
