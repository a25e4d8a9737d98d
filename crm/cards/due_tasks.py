"""What is due by today."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.selectors.my_day import tasks_due
from finpulse.kernel.panels import Card, on_my_day


@on_my_day("crm.tasks")
class DueTasks(Card):
    """Tasks due by today."""

    template = "crm/cards/due_tasks.html"
    permission = "crm.view_task"
    weight = 10

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """Overdue first."""
        return {"tasks": tasks_due(request.user, timezone.localdate())}
