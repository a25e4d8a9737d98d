"""What was said with the customer, and what is planned."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from crm.models import Customer
from crm.panels.section import Section
from crm.selectors.timeline import interactions_of, open_tasks_of
from finpulse.kernel.panels import Panel, on_page_of


@on_page_of("crm.customer", "crm.tasks")
class Tasks(Panel):
    """What is planned."""

    template = "crm/panels/tasks.html"
    permission = "crm.view_task"
    column = "side"
    weight = 20

    def context(self, request: HttpRequest, customer: Customer) -> dict[str, Any]:
        """Soonest first, and whether the user may end them."""
        planned = open_tasks_of(customer)
        return {
            "tasks": planned,
            "may_complete": request.user.has_perm("crm.change_customer", customer),
            "customer": customer,
            "section": Section("Tasks", "tasks-head", len(planned)),
        }


@on_page_of("crm.customer", "crm.timeline")
class Timeline(Panel):
    """The latest interactions."""

    template = "crm/panels/timeline.html"
    permission = "crm.view_interaction"
    column = "side"
    weight = 30

    def context(self, request: HttpRequest, customer: Customer) -> dict[str, Any]:
        """Latest first."""
        section = Section("Timeline", "timeline-head")
        return {"interactions": interactions_of(customer), "customer": customer, "section": section}
