"""What the trail tells of one customer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from crm.models import Customer, HoldingParty
from finpulse.audit.models import AuditEvent
from finpulse.audit.sight import kept_back, sees_all
from finpulse.audit.verbs import Kind, of_kind
from finpulse.identity.models import User
from finpulse.kernel.access import ScopedQuerySet
from finpulse.kernel.access.scope import scope_parent


@dataclass(frozen=True)
class Wanted:
    """Which events: of a kind, by people of this name, on days from `since` to `until`, both included."""

    kind: str = ""
    who: str = ""
    since: date | None = None
    until: date | None = None


def customer_events(
    customer: Customer, wanted: Wanted, *, reader: User, only_by: User | None = None
) -> QuerySet[AuditEvent]:
    """Give what was done with a customer, with what he owns and with what hangs on him, newest first.

    Lists and searches in which he stood are events about no customer, and not among these.
    """
    people = _people(wanted.who) if wanted.who else []
    if wanted.who and not people:
        return AuditEvent.objects.none()
    rows = AuditEvent.objects.about(*_subjects(customer)).filter(_wanted(wanted))
    if people:
        rows = rows.filter(actor__in=people)
    if not sees_all(reader):
        rows = rows.exclude(kept_back())
    if only_by is not None:
        rows = rows.filter(actor=only_by)
    events: QuerySet[AuditEvent] = rows.select_related("actor").order_by("-pk")
    return events


def _subjects(customer: Customer) -> Iterator[Q]:
    yield Q(subject_type=Customer._meta.label_lower, subject_id=customer.pk)
    owned = HoldingParty.objects.filter(customer=customer, role__in=HoldingParty.OWNING)
    yield Q(subject_type="crm.holding", subject_id__in=owned.values("holding"))
    for model, path in _hanging():
        rows = model._default_manager.filter(**{path: customer})
        yield Q(subject_type=model._meta.label_lower, subject_id__in=rows.order_by().values("pk"))


def _hanging() -> Iterator[tuple[type[Model], str]]:
    """Give the models whose rows hang on one customer, with the path that leads to him."""
    for model in apps.get_models():
        rows: Any = model._default_manager.all()
        if isinstance(rows, ScopedQuerySet) and rows.scope_path and scope_parent(model, rows.scope_path) is Customer:
            yield model, rows.scope_path


def _wanted(wanted: Wanted) -> Q:
    asked = of_kind(Kind(wanted.kind)) if wanted.kind else Q()
    if wanted.since:
        asked &= Q(at__gte=_begin(wanted.since))
    if wanted.until:
        asked &= Q(at__lt=_begin(wanted.until + timedelta(days=1)))
    return asked


def _people(text: str) -> list[int]:
    """Give whose user name, or each of whose names, has these words in it; ids, so that an index still answers."""
    named = Q()
    for word in text.split():
        named &= Q(first_name__icontains=word) | Q(last_name__icontains=word)
    return list(User.objects.filter(Q(username__iexact=text) | named).values_list("pk", flat=True))


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
