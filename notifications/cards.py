"""Notifications on my day and in the navigation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from finpulse.kernel.registries import NavigationEntry, Panel, my_day_cards, navigation
from notifications.selectors import unread_counted, unread_first

SHOWN = 5


def unread(request: HttpRequest) -> dict[str, Any] | None:
    """The most urgent unread alerts; no card without any."""
    shown = unread_first(request.user, most=SHOWN)
    return {"worded": shown} if shown else None


def waiting(request: HttpRequest) -> Any:
    """The unread ones, as many as are counted."""
    return unread_counted(request.user)


def register() -> None:
    """Put the card on my day and the lines in the navigation."""
    card = Panel("notifications/card.html", unread, "notifications.view_message")
    my_day_cards.register("notifications.unread", card, weight=15)
    centre = "admin:notifications_message_changelist"
    entry = NavigationEntry("My work", "Notifications", centre, "bell", "notifications.view_message", waiting, "n")
    navigation.register("notifications", entry, weight=30)
    outbox = "admin:notifications_outboxentry_changelist"
    entry = NavigationEntry(
        "Administration", "Outbox", outbox, "paper-airplane", "notifications.view_outboxentry", key="o"
    )
    navigation.register("outbox", entry, weight=80)
