"""Signing in to the API by a token in the Authorization header (RFC 6750)."""

from __future__ import annotations

import logging
from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from finpulse.identity import policies
from finpulse.identity.models import User
from finpulse.identity.selectors.api_tokens import Bearer, bearer_of
from finpulse.identity.services.api_tokens import USE_NOTED, api_token_used
from finpulse.identity.token_secret import digest_of
from finpulse.kernel.api.scopes import demand_scope, scope_needed
from finpulse.kernel.history.means import tell_means

logger = logging.getLogger(__name__)

SCHEME = "bearer"


class BearerAuthentication(authentication.BaseAuthentication):
    """Knows the owner of a token, and lets no request pass that the token was not made for.

    The scope is asked here and not among a view's permissions: no view can leave it out. There is no CSRF token: a
    browser sends no Authorization header of its own accord. Who sends one is not taken for the session beside it.
    """

    def authenticate(self, request: Request) -> tuple[User, Bearer] | None:
        """Give user and token, None for a request without one.

        :raises AuthenticationFailed: for a token that signs nobody in, with a sentence that says why.
        :raises ScopeMissing: for one that was made for something else.
        """
        text = _sent(request)
        if text is None:
            return None
        bearer = _bearer(text)
        tell_means(token=bearer.id)
        _note_use(bearer, request)
        demand_scope(scope_needed(request.parser_context["view"], request.method or ""), bearer.scopes)
        return bearer.user, bearer

    def authenticate_header(self, request: Request) -> str:
        """Say how to sign in, and of a token that was sent, that it was not taken."""
        return "Bearer" if _sent(request) is None else 'Bearer error="invalid_token"'


class BearerScheme(OpenApiAuthenticationExtension):
    """How the schema describes it: each operation names the scope that it needs."""

    target_class = "finpulse.identity.api.bearer.BearerAuthentication"
    name = SCHEME

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A token in the header."""
        return {"type": "http", "scheme": SCHEME, "description": "An API token of yours, made in the console."}

    def get_security_requirement(self, auto_schema: Any) -> dict[str, list[str]]:
        """The scope of this operation."""
        needed = scope_needed(auto_schema.view, auto_schema.method)
        return {SCHEME: [needed] if needed else []}


def _sent(request: Request) -> str | None:
    """Give what was sent as a token, None where nothing was."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    return text.strip() if scheme.lower() == SCHEME else None


def _bearer(text: str) -> Bearer:
    digest = digest_of(text)
    if not digest:
        raise AuthenticationFailed("This is no FinPulse API token: it may be cut off or mistyped.")
    bearer = bearer_of(digest)
    if bearer is None:
        raise AuthenticationFailed("FinPulse does not know this token.")
    verdict = policies.may_sign_in_by_token(bearer, now=timezone.now())
    if not verdict:
        logger.warning("API token %s was refused: %s", bearer.id, verdict.reason)
        raise AuthenticationFailed(verdict.reason)
    return bearer


def _note_use(bearer: Bearer, request: Request) -> None:
    now = timezone.now()
    if bearer.last_used_at is None or bearer.last_used_at <= now - USE_NOTED:
        api_token_used(token_id=bearer.id, address=request.META.get("REMOTE_ADDR", ""), now=now)
