"""Signing in to the API."""

from typing import Any

from rest_framework import authentication


class SessionAuthentication(authentication.SessionAuthentication):
    """The console's session, with its CSRF token on every write; who has none gets 401 rather than 403."""

    def authenticate_header(self, request: Any) -> str:
        """Name the scheme, so that an anonymous request is answered 401."""
        return "Session"
