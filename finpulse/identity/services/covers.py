"""Standing in for a colleague."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from finpulse.audit.services import record
from finpulse.identity import policies
from finpulse.identity.models import Cover, User
from finpulse.kernel.errors import DomainError


class CoverGiveRefused(DomainError):
    """This cover may not be given, or not by this actor."""


@transaction.atomic
def cover_give(
    *,
    covered: User,
    coverer: User,
    starts_at: datetime,
    ends_at: datetime,
    actor: User,
    reason: str,
    read_only: bool = False,
) -> Cover:
    """Let `coverer` see (unless read-only: work with) the customers of `covered` from-to, restricted ones excepted.

    :raises CoverGiveRefused: with a sentence fit for the screen.
    """
    verdict = policies.may_give_cover(actor, covered=covered, coverer=coverer)
    if not verdict:
        raise CoverGiveRefused(verdict.reason)
    if starts_at >= ends_at:
        raise CoverGiveRefused("A cover ends after it starts.")
    cover = Cover.objects.create(
        covered=covered,
        coverer=coverer,
        starts_at=starts_at,
        ends_at=ends_at,
        read_only=read_only,
        given_by=actor,
        reason=reason,
    )
    record(
        "identity.cover.given",
        actor=actor,
        subject=cover,
        reason=reason,
        detail={"covered": covered.pk, "coverer": coverer.pk},
    )
    return cover
