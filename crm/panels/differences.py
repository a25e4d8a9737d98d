"""Where the console and the bank's core differ."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from crm.models import Customer
from crm.panels.section import Section
from crm.selectors.differences import differences_of
from finpulse.kernel.panels import Panel, on_page_of


@on_page_of("crm.customer", "crm.differences")
class Differences(Panel):
    """What was edited here and the bank says otherwise; nothing where they agree."""

    template = "crm/panels/differences.html"
    permission = "crm.view_feeddifference"
    column = "side"
    weight = 1

    def context(self, request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
        """Each difference, and whether the user may settle it."""
        differing = differences_of(customer)
        may_settle = request.user.has_perm("crm.change_customer", customer)
        section = Section("Differences", "differences-head", len(differing))
        return {"differing": differing, "may_settle": may_settle, "section": section} if differing else None
