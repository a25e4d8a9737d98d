"""Ending the API tokens of who works here no longer: what comes back, comes back without them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from finpulse.audit.services import record_many
from finpulse.identity.models import ApiToken, User

NO_ROLE, DEACTIVATED = "NO_ROLE", "DEACTIVATED"
MOST_AT_ONCE = 1000


@transaction.atomic
def api_tokens_end(*, user: User, actor: User | None, why: str) -> int:
    """Revoke all tokens of a user. Gives how many; a second time none."""
    return _end(ApiToken.objects.filter(user=user), actor=actor, why=why, now=timezone.now())


@transaction.atomic
def api_tokens_of_leavers_end(*, now: datetime) -> int:
    """Revoke tokens of deactivated users and of those without a role, a thousand at most. Gives how many."""
    roles = User.groups.through.objects.filter(user=OuterRef("user"))
    left = ((DEACTIVATED, Q(user__is_active=False)), (NO_ROLE, ~Exists(roles)))
    return sum(_end(ApiToken.objects.filter(condition), actor=None, why=why, now=now) for why, condition in left)


def _end(rows: QuerySet[ApiToken], *, actor: User | None, why: str, now: datetime) -> int:
    live = rows.filter(revoked_at=None).order_by("pk").select_for_update(of=("self",))
    owners = dict(live.values_list("pk", "user_id")[:MOST_AT_ONCE])
    if not owners:
        return 0
    ApiToken.objects.filter(pk__in=owners).update(revoked_at=now, revoked_by=actor)
    details = {key: {"user": owner, "why": why} for key, owner in owners.items()}
    return record_many("identity.apitoken.revoked", actor=actor, subject_type="identity.apitoken", details=details)
