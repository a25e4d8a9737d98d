"""Ending the API tokens of who works here no longer, and those he answered for: who comes back, comes back without.

He has seen their secrets, and whoever answers for an integration no longer must not hold its key.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from finpulse.audit.services import record_many
from finpulse.identity.models import ApiToken, User
from finpulse.identity.roles import KEEPS_INTEGRATIONS

NO_ROLE, DEACTIVATED, KEEPER_LEFT = "NO_ROLE", "DEACTIVATED", "KEEPER_LEFT"
MOST_AT_ONCE = 1000


@transaction.atomic
def api_tokens_end(*, user: User, actor: User | None, why: str) -> int:
    """Revoke all tokens of a user, and those that he answers for. Gives how many; a second time none."""
    now = timezone.now()
    own = _end(ApiToken.objects.filter(user=user), actor=actor, why=why, now=now)
    return own + api_tokens_kept_end(keeper=user, actor=actor)


@transaction.atomic
def api_tokens_kept_end(*, keeper: User, actor: User | None) -> int:
    """Revoke the tokens that a user answers for. Gives how many; a second time none."""
    return _end(ApiToken.objects.filter(keeper=keeper), actor=actor, why=KEEPER_LEFT, now=timezone.now())


@transaction.atomic
def api_tokens_of_leavers_end(*, now: datetime) -> int:
    """Revoke tokens of deactivated users and of those without a role, and those whose keeper may be it no longer.

    A thousand of each at most. Gives how many.
    """
    held = User.groups.through.objects
    keeping = held.filter(user=OuterRef("keeper"), group__name__in=KEEPS_INTEGRATIONS)
    left = (
        (DEACTIVATED, Q(user__is_active=False)),
        (NO_ROLE, ~Exists(held.filter(user=OuterRef("user")))),
        (KEEPER_LEFT, Q(keeper__is_active=False) | Q(keeper__isnull=False) & ~Exists(keeping)),
    )
    return sum(_end(ApiToken.objects.filter(condition), actor=None, why=why, now=now) for why, condition in left)


def _end(rows: QuerySet[ApiToken], *, actor: User | None, why: str, now: datetime) -> int:
    live = rows.filter(revoked_at=None).order_by("pk").select_for_update(of=("self",))
    owners = dict(live.values_list("pk", "user_id")[:MOST_AT_ONCE])
    if not owners:
        return 0
    ApiToken.objects.filter(pk__in=owners).update(revoked_at=now, revoked_by=actor)
    details = {key: {"user": owner, "why": why} for key, owner in owners.items()}
    return record_many("identity.apitoken.revoked", actor=actor, subject_type="identity.apitoken", details=details)
