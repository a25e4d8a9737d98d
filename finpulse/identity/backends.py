"""Signing in by password (where settings allow it) and answering what a user may do."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from finpulse.identity.models import SignInAttempt, SignInSession, User
from finpulse.identity.services import attempt_begin, attempt_settle
from finpulse.kernel.access.backend import RoleAndScope
from finpulse.kernel.client_address import client_address

Method, Outcome = SignInSession.Method, SignInAttempt.Outcome


class RoleAndScopeBackend(RoleAndScope):
    """Joins role and scope; loads the signed-in user and his access in one query."""

    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Any:
        """Check a password, only where PASSWORD_SIGN_IN says so.

        :raises SignInHeld: after too many failures, whether the name is anybody's or not.
        """
        if not settings.PASSWORD_SIGN_IN or username is None or password is None:
            return None
        address = client_address(request) if request is not None else None
        attempt = attempt_begin(method=Method.PASSWORD, name=username, address=address, now=timezone.now())
        # For a name that is nobody's a password is hashed as well: the answer takes as long.
        user = super().authenticate(request, username=username, password=password, **kwargs)
        if user is not None:
            outcome, cause = (Outcome.SUCCEEDED, "") if user.is_staff else (Outcome.REFUSED, "no role")
            attempt_settle(attempt=attempt, outcome=outcome, user=user, cause=cause)
        return user

    def get_user(self, user_id: int) -> User | None:
        """Give the active user with his unit and access; a deactivated one is out at his next request."""
        user: User | None = _active().filter(pk=user_id).first()
        return user


@cache
def _active() -> QuerySet[User]:
    """Give active users with unit and access. Made once: of a query over so many tables making it takes longest."""
    people: QuerySet[User] = User.objects.with_access().select_related("unit").filter(is_active=True)
    return people
