"""What waits for a second person, on my day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from finpulse.kernel.panels import Card, on_my_day
from finpulse.kernel.proposals.selectors import proposals_waiting_for

SHOWN = 5


@on_my_day("kernel.approvals")
class ApprovalsDue(Card):
    """What the user is to decide, the longest waiting first; no card without any."""

    template = "kernel/cards/approvals.html"
    permission = "kernel.view_proposal"
    weight = 11

    def context(self, request: HttpRequest) -> dict[str, Any] | None:
        """The first few; the page has all."""
        lines = proposals_waiting_for(request.user)[:SHOWN]
        return {"lines": lines} if lines else None
