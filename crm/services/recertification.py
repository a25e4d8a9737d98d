"""Making the quarter's lists, and deciding what stands on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from crm import policies
from crm.models import CustomerUserObjectPermission, Recertification, RecertificationItem
from crm.services.grants import customer_grant_end
from finpulse.audit.services import record
from finpulse.identity.models import Cover, User
from finpulse.identity.roles import SEES_CUSTOMERS
from finpulse.identity.selectors.people import people_with
from finpulse.identity.services import cover_end
from finpulse.kernel.access.grants import in_force
from finpulse.kernel.errors import DomainError

DAYS_TO_DECIDE = 30
Kind, Decision = RecertificationItem.Kind, RecertificationItem.Decision


class RecertificationDecideRefused(DomainError):
    """This is not the actor's to decide, or decided already, or cannot be ended here."""


def recertifications_make(*, today: date, actor: Any) -> int:
    """Make the lists of today's quarter that are not there yet, each in one transaction. Gives how many were made."""
    quarter_on = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    supervisors = list(people_with({"supervisor"}).filter(unit__isnull=False).select_related("unit"))
    there = set(Recertification.objects.filter(quarter_on=quarter_on).values_list("reviewer", flat=True))
    missing = [user for user in supervisors if user.pk not in there]
    return sum(_make(user, supervisors, quarter_on, actor) for user in missing)


@transaction.atomic
def _make(reviewer: User, supervisors: list[User], quarter_on: date, actor: Any) -> bool:
    due_on = quarter_on + timedelta(days=DAYS_TO_DECIDE)
    made, is_new = Recertification.objects.get_or_create(
        quarter_on=quarter_on, reviewer=reviewer, defaults={"due_on": due_on}
    )
    if is_new:
        items = list(_items(made, reviewer, supervisors))
        RecertificationItem.objects.bulk_create(items)
        facts = {"quarter_on": quarter_on.isoformat(), "count": len(items)}
        record("crm.recertification.made", actor=actor, subject=reviewer, detail=facts)
    return is_new


def _items(made: Recertification, reviewer: User, supervisors: list[User]) -> Iterable[RecertificationItem]:
    """Give what this reviewer answers for: who is nearest above answers, and nobody for himself."""
    below = people_with(SEES_CUSTOMERS).filter(unit__path__startswith=_path(reviewer)).select_related("unit")
    people = [user for user in below if _answers(user, _path(user), supervisors) == reviewer]
    for user in people:
        yield RecertificationItem(recertification=made, kind=Kind.PERSON, person=user)
    for cover in Cover.objects.in_force().filter(covered__in=people).select_related("coverer").order_by("pk"):
        yield RecertificationItem(recertification=made, kind=Kind.COVER, person=cover.coverer, cover=cover)
    grants = CustomerUserObjectPermission.objects.filter(
        in_force(),
        permission__codename="view_customer",
        content_object__unit__path__startswith=_path(reviewer),
        content_object__restricted=False,
    )
    for grant in grants.select_related("user", "content_object__unit").order_by("pk"):
        unit = grant.content_object.unit
        if unit is not None and _answers(grant.user, unit.path, supervisors) == reviewer:
            yield RecertificationItem(recertification=made, kind=Kind.GRANT, person=grant.user, grant=grant)


def _path(user: User) -> str:
    return user.unit.path if user.unit is not None else ""


def _answers(person: User, path: str, supervisors: list[User]) -> User | None:
    above = [user for user in supervisors if user.pk != person.pk and path.startswith(_path(user))]
    return max(above, key=lambda user: (len(_path(user)), -user.pk), default=None)


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
