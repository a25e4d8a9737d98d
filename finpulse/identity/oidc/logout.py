"""OpenID Connect Back-Channel Logout 1.0: the provider says who signed out there."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from finpulse.identity.claim_text import is_text
from finpulse.identity.oidc.asking import ProviderUnavailable
from finpulse.identity.oidc.tokens import LEEWAY_SECONDS, TokenRefused, signed_claims
from finpulse.identity.services import ProviderLogoutRefused, provider_logout_follow

logger = logging.getLogger(__name__)

EVENT = "http://schemas.openid.net/event/backchannel-logout"
# How long a token may be on its way, whatever it says of itself: so long its id is kept.
LONGEST_SECONDS = 3600


@dataclass(frozen=True)
class LogoutWord:
    """What a sound logout token says. One of `subject` and `session` may be empty."""

    subject: str
    session: str
    token_id: str
    expires_at: datetime


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class BackChannelLogout(View):
    """Takes a logout token from the provider, which has no cookie and no form of ours."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """End what the token names: 200, also where nothing of it runs; 400 with the reason for any other token."""
        now = timezone.now()
        try:
            word = logout_word(request.POST.get("logout_token"), now=now)
            ended = provider_logout_follow(
                issuer=settings.OIDC_ISSUER,
                subject=word.subject,
                session=word.session,
                token_id=word.token_id,
                token_expires_at=word.expires_at,
                now=now,
            )
        except (TokenRefused, ProviderUnavailable, ProviderLogoutRefused) as error:
            logger.warning("Back-channel logout refused: %s", error)
            return JsonResponse({"error": "invalid_request", "error_description": str(error)}, status=400)
        logger.info("Back-channel logout: %d sign-ins ended", ended)
        return HttpResponse()


def logout_word(token: object, *, now: datetime) -> LogoutWord:
    """Give what a logout token says. Raises as `signed_claims` does, and for one that is no logout token or too old."""
    claims = signed_claims(token, require=("iss", "aud", "iat", "jti"))
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        raise TokenRefused("no logout event")
    if "nonce" in claims:
        raise TokenRefused("a nonce, as in an id token")
    subject, session, token_id = (_text(claims, name) for name in ("sub", "sid", "jti"))
    if not token_id:
        raise TokenRefused("no token id")
    if not (subject or session):
        raise TokenRefused("neither sub nor sid")
    return LogoutWord(subject, session, token_id, _expiry(claims, now))


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name, "")
    if not is_text(value):
        raise TokenRefused(f"a {name} that cannot be kept")
    return value


def _expiry(claims: dict[str, Any], now: datetime) -> datetime:
    seconds_left = LONGEST_SECONDS + LEEWAY_SECONDS + int(claims["iat"]) - int(now.timestamp())
    if seconds_left < 0:
        raise TokenRefused("too old")
    return now + timedelta(seconds=seconds_left)
