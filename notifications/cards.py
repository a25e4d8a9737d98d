"""Notifications on my day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from finpulse.kernel.panels import Card, on_my_day
from notifications.selectors import unread_first

SHOWN = 5


@on_my_day("notifications.unread")
class Unread(Card):
    """The most urgent unread alerts; no card without any."""

    template = "notifications/card.html"
    permission = "notifications.view_message"
    weight = 15

    def context(self, request: HttpRequest) -> dict[str, Any] | None:
        """Nearest deadline first."""
        shown = unread_first(request.user, most=SHOWN)
        return {"worded": shown} if shown else None
