"""What a supervisor has still to say of his unit's access, and whose lists are late."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.selectors.recertification import overdue, own_list
from finpulse.identity.actor import actor_of
from finpulse.kernel.panels import Card, on_my_day


@on_my_day("crm.recertification")
class RecertificationDue(Card):
    """A reminder until all is decided; to compliance how many lists are overdue; else no card."""

    template = "crm/cards/recertification.html"
    permission = "crm.view_recertification"
    weight = 12

    def context(self, request: HttpRequest) -> dict[str, Any] | None:
        """One query: who reviews is asked of his list, who watches of all."""
        user = actor_of(request)
        if "supervisor" in user.access.roles:
            own: Any = own_list(user)
            return {"own": own} if own is not None and own.decided < own.total else None
        late = overdue(timezone.localdate())
        return {"late": late} if late else None
