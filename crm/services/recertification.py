"""Making the quarter's lists, and deciding what stands on them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from crm import policies
from crm.models import Recertification, RecertificationItem
from crm.selectors.reviewers import Reviewers, reviewers_of_today
from crm.services.grants import customer_grant_end
from finpulse.audit.services import record
from finpulse.identity.models import User
from finpulse.identity.services import cover_end
from finpulse.kernel.errors import DomainError

# From when the list is made: who came to answer for a unit within the quarter has his days, too.
DAYS_TO_DECIDE = timedelta(days=30)
Kind, Decision = RecertificationItem.Kind, RecertificationItem.Decision


class RecertificationDecideRefused(DomainError):
    """This is not the actor's to decide, or decided already, or cannot be ended here."""


def recertifications_make(*, today: date, actor: Any) -> int:
    """Make the lists of today's quarter that are not there yet, each in one transaction. Gives how many were made."""
    quarter_on = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    there = set(Recertification.objects.filter(quarter_on=quarter_on).values_list("reviewer", flat=True))
    reviewers = reviewers_of_today()
    missing = [user for user in reviewers.everybody() if user.pk not in there]
    return sum(_make(user, reviewers, quarter_on, due_on=today + DAYS_TO_DECIDE, actor=actor) for user in missing)


@transaction.atomic
def _make(reviewer: User, reviewers: Reviewers, quarter_on: date, *, due_on: date, actor: Any) -> bool:
    made, is_new = Recertification.objects.get_or_create(
        quarter_on=quarter_on, reviewer=reviewer, defaults={"due_on": due_on}
    )
    if is_new:
        items = list(reviewers.items(made))
        RecertificationItem.objects.bulk_create(items)
        facts = {"quarter_on": quarter_on.isoformat(), "count": len(items)}
        record("crm.recertification.made", actor=actor, subject=reviewer, detail=facts)
    return is_new


@transaction.atomic
def recertification_decide(*, item_id: int, decision: str, actor: User) -> bool:
    """Keep or end what stands on a list. Done twice is done once; gives whether anything changed.

    :raises RecertificationDecideRefused: with a sentence fit for the screen. What ending refuses comes through.
    """
    rows = RecertificationItem.objects.select_for_update(of=("self",)).select_related("recertification")
    item: RecertificationItem = rows.get(pk=item_id)
    verdict = policies.may_decide_recertification(actor, item, decision)
    if not verdict:
        raise RecertificationDecideRefused(verdict.reason)
    if item.decision == decision:
        return False
    if decision == Decision.ENDED:
        _end(item, actor)
    RecertificationItem.objects.filter(pk=item.pk).update(decision=decision, decided_at=timezone.now())
    detail = {"kind": item.kind, "cover": item.cover_id, "grant": item.grant_id, "list": item.recertification_id}
    record(f"crm.recertification.{decision.lower()}", actor=actor, subject=item.person, detail=detail)
    return True


def _end(item: RecertificationItem, actor: User) -> None:
    """End it by its own service; what has ended meanwhile is over already."""
    if item.grant is not None:
        customer_grant_end(customer_id=item.grant.content_object_id, user_id=item.person_id, actor=actor)
    if item.cover is not None and item.cover.ends_at > timezone.now():
        cover_end(cover_id=item.cover.pk, actor=actor)
