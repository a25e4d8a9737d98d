"""Who stands to the customer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.panels.section import Section
from crm.selectors.relations import MOST_READ, relations_of
from finpulse.kernel.panels import Panel, on_page_of

SHOWN = 8


@on_page_of("crm.customer", "crm.relations")
class Relations(Panel):
    """Who stands to the customer, family first; those that ended are folded away."""

    template = "crm/panels/relations.html"
    permission = "crm.view_relationship"
    column = "side"
    weight = 25

    def context(self, request: HttpRequest, customer: Any) -> dict[str, Any]:
        """Some that run, and how many more there are."""
        today = timezone.localdate()
        known = relations_of(customer.relations)
        running = [one for one in known if one.until_on is None or one.until_on > today]
        return {
            "customer": customer,
            "running": running[:SHOWN],
            "more": max(len(running) - SHOWN, 0),
            "ended": len(known) - len(running),
            "cut": len(known) >= MOST_READ,
            "section": Section("Relationships", "relations-head", len(running)),
        }
