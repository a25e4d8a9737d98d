"""Standing in for a colleague."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from finpulse.audit.services import record
from finpulse.identity import policies
from finpulse.identity.models import Cover, User
from finpulse.kernel.errors import DomainError


class CoverGiveRefused(DomainError):
    """This cover may not be given, or not by this actor."""


class CoverEndRefused(DomainError):
    """This cover may not be ended, or not by this actor."""


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
    if not reason.strip():
        raise CoverGiveRefused("Say why: the reason is kept.")
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
        detail=_facts(cover),
    )
    return cover


@transaction.atomic
def cover_end(*, cover_id: int, actor: User) -> None:
    """End a cover now; one that has not begun is called off, and the trail keeps from when to when it was meant.

    :raises CoverEndRefused: when the actor may not, or when it has ended already.
    """
    cover = Cover.objects.select_for_update(of=("self",)).select_related("covered").filter(pk=cover_id).first()
    if cover is None:
        raise CoverEndRefused("This cover was called off already.")
    verdict, now = policies.may_end_cover(actor, cover), timezone.now()
    if not verdict:
        raise CoverEndRefused(verdict.reason)
    if cover.ends_at <= now:
        raise CoverEndRefused("This cover has ended already.")
    if cover.starts_at >= now:
        record("identity.cover.called_off", actor=actor, subject=cover, detail=_facts(cover))
        cover.delete()
        return
    record("identity.cover.ended", actor=actor, subject=cover, detail=_facts(cover))
    Cover.objects.filter(pk=cover.pk).update(ends_at=now)


def _facts(cover: Cover) -> dict[str, object]:
    times = {"starts_at": cover.starts_at.isoformat(), "ends_at": cover.ends_at.isoformat()}
    return {"covered": cover.covered_id, "coverer": cover.coverer_id, "read_only": cover.read_only, **times}
