"""Sign-ins and attempts are kept for SIGN_IN_KEPT_DAYS; what the trail says of them stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from finpulse.identity.models import SignInAttempt, SignInSession

FORGOTTEN_AT_ONCE = 5000


@transaction.atomic
def sign_ins_forget(*, now: datetime) -> int:
    """Delete attempts and ended sign-ins older than they are kept, some thousands of each at most. Gives how many."""
    last = now - timedelta(days=settings.SIGN_IN_KEPT_DAYS)
    attempts, ended = SignInAttempt.objects.filter(at__lt=last), SignInSession.objects.filter(ended_at__lt=last)
    return _forget(attempts.order_by("at")) + _forget(ended.order_by("ended_at"))


def _forget(rows: QuerySet[SignInAttempt] | QuerySet[SignInSession]) -> int:
    keys = list(rows.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    return rows.model._default_manager.filter(pk__in=keys).delete()[0]
