"""Asking the provider again, while somebody is signed in, whether it still vouches for him.

From here and by his refresh token, not by sending his browser there: it holds for every method, and a form that he
sends arrives. Where the provider says No he is out before anything is done with the request.
"""

from __future__ import annotations

import logging
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings

from finpulse.identity.models import SignInSession
from finpulse.identity.oidc.asking import ProviderRefuses, ProviderUnavailable, ask
from finpulse.identity.oidc.person import AnotherSubject, refresh_token_of, userinfo
from finpulse.identity.oidc.provider import endpoint
from finpulse.identity.oidc.tokens import TokenRefused, identity_claims
from finpulse.identity.services import (
    SignInRefused,
    refresh_token_keep,
    sign_in_ask,
    sign_in_confirmed,
    sign_in_end,
    user_signed_in,
)
from finpulse.identity.services.roles import UserSetRolesRefused
from finpulse.kernel.errors import DomainError

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 30
# Whatever else goes wrong says nothing about the person: a provider in disorder is not to put the whole bank out.
NOES = (ProviderRefuses, AnotherSubject, SignInRefused, UserSetRolesRefused)


class Patience:
    """While the provider does not answer, one request of this process in 30 seconds waits for it; the others go on."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.begin()

    def begin(self) -> None:
        """Know of no trouble."""
        self._away, self._until = False, 0.0

    def may_wait(self) -> bool:
        """Tell whether this request is to find out whether the provider answers."""
        with self._lock:
            if self._away and monotonic() < self._until:
                return False
            self._until = monotonic() + PATIENCE_SECONDS
            return True

    def note(self, *, away: bool) -> None:
        """Keep what was found."""
        self._away, self._until = away, monotonic() + PATIENCE_SECONDS


patience = Patience()


def why_no_longer(sign_in: SignInSession, *, now: datetime) -> str:
    """Give the reason for which the sign-in has ended just now, "" when it goes on. Free before it is due."""
    if not sign_in.is_to_be_confirmed(now):
        return ""
    if patience.may_wait():
        refresh_token = sign_in_ask(sign_in=sign_in, now=now)
        if refresh_token is None or (refresh_token and _is_settled(sign_in, refresh_token, now)):
            return sign_in.end_reason
    if sign_in.is_unconfirmed_too_long(now):
        _end(sign_in, SignInSession.EndReason.UNCONFIRMED, now)
    return sign_in.end_reason


def _is_settled(sign_in: SignInSession, refresh_token: str, now: datetime) -> bool:
    """Confirm or end the sign-in by what the provider answers; False when that cannot be told."""
    try:
        _confirm(sign_in, refresh_token)
    except (DomainError, ProviderUnavailable, TokenRefused) as error:
        says_no = isinstance(error, NOES)
        patience.note(away=isinstance(error, ProviderUnavailable) and not says_no)
        logger.warning("Sign-in %s: %s", "ended" if says_no else "not confirmed", error)
        if says_no:
            _end(sign_in, SignInSession.EndReason.PROVIDER, now)
        return says_no
    patience.note(away=False)
    sign_in_confirmed(sign_in=sign_in, now=now)
    return True


def _end(sign_in: SignInSession, reason: str, now: datetime) -> None:
    sign_in_end(sign_in_id=sign_in.pk, reason=reason, actor=None, now=now)
    sign_in.end_reason = reason


def _confirm(sign_in: SignInSession, refresh_token: str) -> None:
    """Have what the provider says of the user now hold here."""
    if sign_in.provider_issuer != settings.OIDC_ISSUER:
        raise AnotherSubject("OIDC_ISSUER is another than at sign-in")
    answer = _refreshed(sign_in, refresh_token)
    subject, id_token = sign_in.provider_subject, answer.get("id_token")
    claims = {"sub": subject} if id_token is None else identity_claims(id_token)
    if claims["sub"] != subject:
        raise AnotherSubject("the id token is another subject's")
    claims |= userinfo(answer.get("access_token"), subject=subject)
    # Roles that came in the id token alone are not taken back by an answer without one.
    if id_token is not None or settings.OIDC_ROLE_CLAIM in claims:
        user = user_signed_in(issuer=settings.OIDC_ISSUER, claims=claims)
        if user.pk != sign_in.user_id:
            raise AnotherSubject("the subject is another user's")


def _refreshed(sign_in: SignInSession, refresh_token: str) -> dict[str, Any]:
    question = {
        "client_id": settings.OIDC_RP_CLIENT_ID,
        "client_secret": settings.OIDC_RP_CLIENT_SECRET,
        "grant_type": "refresh_token",
        "refresh_token": refresh_token,
    }
    answer = ask("POST", endpoint("token_endpoint"), what="token endpoint", data=question)
    # At once: a provider that gives a new one takes the old one no more, whatever goes wrong from here on.
    refresh_token_keep(sign_in=sign_in, refresh_token=refresh_token_of(answer))
    return answer
