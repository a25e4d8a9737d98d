"""Signing in by password (where settings allow it) and answering what a user may do."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from finpulse.identity.models import User
from finpulse.kernel.access.backend import RoleAndScope


class RoleAndScopeBackend(RoleAndScope):
    """Joins role and scope; loads the signed-in user and his access in one query."""

    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Any:
        """Check a password, only where PASSWORD_SIGN_IN says so."""
        if not settings.PASSWORD_SIGN_IN:
            return None
        return super().authenticate(request, username=username, password=password, **kwargs)

    def get_user(self, user_id: int) -> User | None:
        """Give the active user with his unit and access; a deactivated one is out at his next request."""
        user: User | None = User.objects.with_access().select_related("unit").filter(pk=user_id, is_active=True).first()
        return user
