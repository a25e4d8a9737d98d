"""What the provider's answers say of one person."""

from __future__ import annotations

from typing import Any

from finpulse.identity.oidc.asking import ask
from finpulse.identity.oidc.provider import endpoint
from finpulse.identity.oidc.tokens import MOST_LETTERS, TokenRefused


class AnotherSubject(TokenRefused):
    """A sound answer that speaks of somebody else."""


def userinfo(access_token: object, *, subject: str) -> dict[str, Any]:
    """Give what it tells about the subject to whoever brings this access token.

    :raises TokenRefused: without such a token; AnotherSubject when it speaks of somebody else.
    :raises ProviderUnavailable: when it gives no usable answer.
    """
    if not isinstance(access_token, str) or not access_token.isascii() or not access_token.isprintable():
        raise TokenRefused("no access token came with it")
    headers = {"Authorization": f"Bearer {access_token}"}
    about = ask("GET", endpoint("userinfo_endpoint"), what="userinfo", headers=headers)
    if about.get("sub") != subject:
        refused = AnotherSubject if about.get("sub") else TokenRefused
        raise refused("userinfo speaks of another subject")
    return about


def refresh_token_of(answer: dict[str, Any]) -> str:
    """Give the token with which the provider can be asked again, "" where the token endpoint gave none to keep."""
    token = answer.get("refresh_token")
    usable = isinstance(token, str) and token.isascii() and token.isprintable() and len(token) <= MOST_LETTERS
    return str(token) if usable else ""
