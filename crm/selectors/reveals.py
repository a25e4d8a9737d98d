"""Identifiers that are shown whole at this moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from crm.models import Customer, IdentifierReveal


def reveals_running(customer: Customer, user: Any, now: datetime) -> QuerySet[IdentifierReveal]:
    """Give what of a customer is shown to this user now, the latest first."""
    rows = IdentifierReveal.objects.filter(customer=customer, user=user, until_at__gt=now, revealed_at__lte=now)
    running: QuerySet[IdentifierReveal] = rows.order_by("-until_at", "-pk")
    return running
