"""Where a user is signed in."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from finpulse.identity.models import SignInSession, User
from finpulse.identity.models.sign_in_session import idle_limit

MOST_SIGN_INS = 50


def sign_ins_running(user: User, *, now: datetime) -> QuerySet[SignInSession]:
    """Give the sign-ins of a user that run at `now`, the last seen first."""
    rows = SignInSession.objects.filter(user=user, ended_at__isnull=True)
    running = rows.filter(expires_at__gt=now, seen_at__gt=now - idle_limit())
    return running.select_related("user").order_by("-seen_at", "-pk")
