"""Ending the sign-ins that one asks to be ended."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from finpulse.identity import policies
from finpulse.identity.models import SignInSession, User
from finpulse.identity.services.sessions import sign_in_end, sign_ins_end
from finpulse.kernel.errors import DomainError

EndReason = SignInSession.EndReason


class SessionEndRefused(DomainError):
    """The sign-in is not the actor's to end."""


@transaction.atomic
def session_end(*, sign_in_id: int, actor: User, now: datetime) -> bool:
    """End a sign-in of one's own, or of anybody's as a system administrator. False when it had ended already.

    :raises SessionEndRefused: for somebody else's.
    """
    sign_in = SignInSession.objects.select_for_update(of=("self",)).select_related("user").get(pk=sign_in_id)
    reason = _reason(actor, sign_in.user)
    return sign_in_end(sign_in_id=sign_in.pk, reason=reason, actor=actor, now=now)


@transaction.atomic
def sessions_end_of(*, user: User, actor: User, now: datetime, but: int | None = None) -> int:
    """End all sign-ins of a user but one. Gives how many ended.

    :raises SessionEndRefused: for somebody else's.
    """
    return sign_ins_end(user=user, reason=_reason(actor, user), actor=actor, now=now, but=but)


def _reason(actor: User, user: User) -> str:
    verdict = policies.may_end_sessions_of(actor, user)
    if not verdict:
        raise SessionEndRefused(verdict.reason)
    return EndReason.ENDED_BY_USER if actor.pk == user.pk else EndReason.ENDED_BY_ADMINISTRATOR
