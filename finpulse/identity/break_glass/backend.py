"""Who has come in by break-glass, from request to request."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend

from finpulse.identity.models import User
from finpulse.identity.services import break_glass_is_on

PATH = "finpulse.identity.break_glass.backend.BreakGlassBackend"


class BreakGlassBackend(BaseBackend):
    """Knows its user while the account is configured. It signs nobody in; RoleAndScopeBackend says what he may."""

    def get_user(self, user_id: int) -> User | None:
        """Give the active user with his access; taken out of the settings, he is out at his next request."""
        if not break_glass_is_on():
            return None
        user: User | None = User.objects.with_access().select_related("unit").filter(pk=user_id, is_active=True).first()
        return user
