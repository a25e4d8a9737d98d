"""The provider's signed words: signature, issuer, audience and times; for an id token, whose sign-in it answers."""

from __future__ import annotations

from typing import Any

import jwt
from django.conf import settings

from finpulse.identity.claim_text import is_text
from finpulse.identity.oidc.keys import KEY_TYPES, key_set
from finpulse.identity.oidc.provider import endpoint

LEEWAY_SECONDS = 30
MOST_LETTERS = 16 * 1024


class TokenRefused(Exception):
    """The token is not the provider's word to us. The text says what is wrong, fit for a log."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"token refused: {reason}")


def signed_claims(token: object, *, require: tuple[str, ...], audience: str = "") -> dict[str, Any]:
    """Give the claims of a sound token of the provider that is meant for this audience: without one, for our sign-in.

    :raises TokenRefused: for any other.
    :raises ProviderUnavailable: when the provider's keys cannot be had.
    """
    if not isinstance(token, str) or len(token) > MOST_LETTERS:
        raise TokenRefused("no token, or one too long")
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in KEY_TYPES:
            raise TokenRefused("an algorithm that is not taken")
        key = key_set(endpoint("jwks_uri")).find(header.get("kid"), algorithm)
        if key is None:
            raise TokenRefused("no key of the provider fits")
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            audience=audience or settings.OIDC_RP_CLIENT_ID,
            issuer=endpoint("issuer"),
            leeway=LEEWAY_SECONDS,
            options={"require": list(require), "enforce_minimum_key_length": True},
        )
    # Beside its own errors the library lets through what hostile JSON and numbers do to Python.
    except (jwt.PyJWTError, ValueError, TypeError, ArithmeticError, RecursionError) as error:
        raise TokenRefused(type(error).__name__) from error
    if not is_text(claims.get("sid", "")):
        raise TokenRefused("a session id that cannot be kept")
    return claims


def id_token_claims(token: object, *, nonce: str) -> dict[str, Any]:
    """Give the claims of an id token that answers the sign-in of this nonce. Raises as `signed_claims` does."""
    claims = identity_claims(token)
    if not nonce or claims.get("nonce") != nonce:
        raise TokenRefused("the nonce of another sign-in")
    return claims


def identity_claims(token: object) -> dict[str, Any]:
    """Give the claims of an id token that was made for us, whatever it answers. Raises as `signed_claims` does."""
    claims = signed_claims(token, require=("exp", "iat", "iss", "aud", "sub"))
    audiences = claims["aud"]
    if isinstance(audiences, list) and len(audiences) > 1 and "azp" not in claims:
        raise TokenRefused("several audiences and no authorized party")
    if claims.get("azp", settings.OIDC_RP_CLIENT_ID) != settings.OIDC_RP_CLIENT_ID:
        raise TokenRefused("another authorized party")
    return claims
