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
    scope: str = Cover.Scope.ALL,
) -> Cover:
    """Let `coverer` see (unless read-only: work with) customers of `covered` from-to: all but the restricted, or SOME.

    :raises CoverGiveRefused: with a sentence fit for the screen.
    """
    User.objects.select_for_update(no_key=True).filter(pk=covered.pk).first()
    verdict = policies.may_give_cover(actor, covered=covered, coverer=coverer)
    if not verdict:
        raise CoverGiveRefused(verdict.reason)
    if starts_at >= ends_at:
        raise CoverGiveRefused("A cover ends after it starts.")
    if not reason.strip():
        raise CoverGiveRefused("Say why: the reason is kept.")
    _check_free(covered, coverer, starts_at, ends_at)
    cover = Cover.objects.create(
        covered=covered,
        coverer=coverer,
        starts_at=starts_at,
        ends_at=ends_at,
        read_only=read_only,
        scope=scope,
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


@transaction.atomic
def cover_say_named(*, cover: Cover, names_customers: bool) -> None:
    """Keep with a locked cover whether customers are named in it; who names them writes down whom."""
    if cover.names_customers != names_customers:
        cover.names_customers = names_customers
        Cover.objects.filter(pk=cover.pk).update(names_customers=names_customers)


def _check_free(covered: User, coverer: User, starts_at: datetime, ends_at: datetime) -> None:
    both = Cover.objects.filter(covered=covered, coverer=coverer)
    other = both.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).first()
    if other is not None:
        until = timezone.localtime(other.ends_at)
        raise CoverGiveRefused(
            f"{coverer} covers {covered} then already, until {until:%-d %B %Y, %H:%M}: end it first."
        )


def _facts(cover: Cover) -> dict[str, object]:
    times = {"starts_at": cover.starts_at.isoformat(), "ends_at": cover.ends_at.isoformat()}
    how = {"read_only": cover.read_only, "scope": cover.scope}
    return {"covered": cover.covered_id, "coverer": cover.coverer_id, **how, **times}
