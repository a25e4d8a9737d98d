"""Restricted customers as compliance keeps them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from crm.models import Customer, CustomerUserObjectPermission
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import User
from finpulse.kernel.access.grants import in_force

MOST_RESTRICTED = 200
VIEWED = "crm.customer.viewed"


def restricted_seen_by(user: Any) -> QuerySet[Customer]:
    """Give them by name, each with `named` (how many are on the need-to-know list), `looked_at` and `looked_by`."""
    looks = AuditEvent.objects.filter(subject_type="crm.customer", subject_id=OuterRef("pk"), verb=VIEWED)
    last = looks.order_by("-id")
    named = CustomerUserObjectPermission.objects.filter(
        in_force(), content_object=OuterRef("pk"), permission__codename="view_customer"
    )
    counted = named.order_by().values("content_object").annotate(number=Count("user", distinct=True)).values("number")
    rows: QuerySet[Customer] = Customer.objects.visible_to(user).filter(restricted=True)
    rows = rows.select_related("manager", "unit").defer("national_id", "tax_id", "search_text")
    return rows.annotate(
        named=Subquery(counted),
        looked_at=Subquery(last.values("at")[:1]),
        looked_by=Subquery(last.values("actor__username")[:1]),
    ).order_by("sort_name", "pk")


def looks_at_restricted(now: datetime, since: timedelta) -> QuerySet[Any]:
    """Give (customer, viewer, moment) of everybody's looks, the first first.

    Found by the customers: there are few restricted ones, and their events stand together in the trail's index.
    """
    keys = list(Customer.objects.filter(restricted=True).order_by().values_list("pk", flat=True))
    looks = AuditEvent.objects.filter(subject_type="crm.customer", subject_id__in=keys, verb=VIEWED, at__gt=now - since)
    rows: QuerySet[Any] = looks.filter(actor__isnull=False).order_by("pk")
    return rows.values_list("subject_id", "actor", "at")


def compliance_people() -> QuerySet[User]:
    """Give those who keep restricted customers."""
    people: QuerySet[User] = User.objects.filter(is_active=True, groups__name="compliance").order_by("pk")
    return people
