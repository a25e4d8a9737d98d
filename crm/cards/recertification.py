"""What one has still to say of others' access, and whose lists are late."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.selectors.recertification import WATCH, overdue, own_list
from finpulse.identity.actor import actor_of
from finpulse.kernel.panels import Card, on_my_day


@on_my_day("crm.recertification")
class RecertificationDue(Card):
    """A reminder until all is decided; to compliance how many lists are overdue; else no card."""

    template = "crm/cards/recertification.html"
    permission = "crm.view_recertification"
    weight = 12

    def context(self, request: HttpRequest) -> dict[str, Any] | None:
        """One query for his own list, one more to who watches all."""
        user = actor_of(request)
        own: Any = own_list(user)
        own = own if own is not None and own.decided < own.total else None
        late = overdue(timezone.localdate()) if user.access.roles & WATCH else 0
        return {"own": own, "late": late} if own or late else None
