"""The covers that somebody may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from finpulse.identity.models import Cover, User

MOST_COVERS = 100


def covers_running(user: User) -> QuerySet[Cover]:
    """Give of those that he may see the ones that run or are to come."""
    return covers_seen_by(user).filter(ends_at__gt=timezone.now())


def covers_seen_by(user: User) -> QuerySet[Cover]:
    """Give covers, ended ones too: one's own, those of one's unit's people to supervisors, all to auditors."""
    rows: QuerySet[Cover] = Cover.objects.order_by("starts_at", "pk")
    rows = rows.select_related("covered", "coverer", "given_by")
    if user.access.roles & {"auditor", "compliance"}:
        return rows
    seen = Q(covered=user) | Q(coverer=user)
    if "supervisor" in user.access.roles:
        seen |= Q(covered__unit__in=user.access.unit_ids)
    return rows.filter(seen)
