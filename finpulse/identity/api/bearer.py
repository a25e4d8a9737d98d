"""Signing in to the API by a token in the Authorization header (RFC 6750)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication
from rest_framework.request import Request

from finpulse.identity.api.own_tokens import by_own_token
from finpulse.identity.api.provider_tokens import by_provider_token
from finpulse.identity.api.signed_in import SignedIn
from finpulse.identity.api.wrong_tokens import TokenWrong, count_wrong
from finpulse.identity.models import User
from finpulse.kernel.api.scopes import demand_scope, scope_needed
from finpulse.kernel.client_address import client_address
from finpulse.kernel.history.means import tell_means

SCHEME = "bearer"
DESCRIPTION = "An API token of yours, made in the console, or an access token of the identity provider (RFC 9068)."
# A JWT has three parts, and a token of ours no point.
PARTS_OF_JWT = 3


class BearerAuthentication(authentication.BaseAuthentication):
    """Knows the owner of a token, and lets no request pass that the token was not made for.

    The scope is asked here and not among a view's permissions: no view can leave it out. There is no CSRF token: a
    browser sends no Authorization header of its own accord. Who sends one is not taken for the session beside it.
    """

    def authenticate(self, request: Request) -> tuple[User, SignedIn] | None:
        """Give user and token, None for a request without one.

        :raises TokenWrong: for a token that signs nobody in, with a sentence that says why.
        :raises TokensHeld: for one more of those, from an address that has sent too many.
        :raises ScopeMissing: for one that was made for something else.
        :raises ProviderAway: for one of the identity provider's while it does not answer.
        """
        text = _sent(request)
        if text is None:
            return None
        is_providers = bool(settings.OIDC_API_CLIENTS) and len(text.split(".")) == PARTS_OF_JWT
        address = client_address(request)
        try:
            found = by_provider_token(text) if is_providers else by_own_token(text, address)
        except TokenWrong as error:
            count_wrong(error, address)
            raise
        tell_means(**found.means)
        demand_scope(scope_needed(request.parser_context["view"], request.method or ""), found.scopes)
        return found.user, found

    def authenticate_header(self, request: Request) -> str:
        """Say how to sign in, and of a token that was sent, that it was not taken."""
        return "Bearer" if _sent(request) is None else 'Bearer error="invalid_token"'


class BearerScheme(OpenApiAuthenticationExtension):
    """How the schema describes it: each operation names the scope that it needs."""

    target_class = "finpulse.identity.api.bearer.BearerAuthentication"
    name = SCHEME

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A token in the header."""
        return {"type": "http", "scheme": SCHEME, "description": DESCRIPTION}

    def get_security_requirement(self, auto_schema: Any) -> dict[str, list[str]]:
        """The scope of this operation."""
        needed = scope_needed(auto_schema.view, auto_schema.method)
        return {SCHEME: [needed] if needed else []}


def _sent(request: Request) -> str | None:
    """Give what was sent as a token, None where nothing was."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    return text.strip() if scheme.lower() == SCHEME else None
