"""The identity provider's access tokens as JWTs (RFC 9068): judged here by its keys alone, without asking it."""

from __future__ import annotations

from typing import Any

import jwt
from django.conf import settings

from finpulse.identity.oidc.tokens import TokenRefused, signed_claims

# An id token is signed with the same keys, and opens no API.
TYPES = ("at+jwt", "application/at+jwt")
REQUIRED = ("exp", "iat", "iss", "aud", "sub", "client_id")


def access_token_claims(token: str) -> dict[str, Any]:
    """Give the claims of a sound access token that was made for our API, by a client that the bank lets in.

    :raises TokenRefused: for any other.
    :raises ProviderUnavailable: when the provider's keys cannot be had.
    """
    if str(_header(token).get("typ", "")).lower() not in TYPES:
        raise TokenRefused("it is no access token")
    claims = signed_claims(token, require=REQUIRED, audience=settings.OIDC_API_AUDIENCE)
    if claims["client_id"] not in settings.OIDC_API_CLIENTS:
        raise TokenRefused("its client is not let in here")
    return claims


def _header(token: str) -> dict[str, Any]:
    try:
        return jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, RecursionError) as error:
        raise TokenRefused(type(error).__name__) from error
