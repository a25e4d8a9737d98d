"""Notifications in the navigation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from finpulse.kernel.registries import NavigationEntry, navigation
from notifications.selectors import unread_counted


def waiting(request: HttpRequest) -> Any:
    """The unread ones, as many as are counted."""
    return unread_counted(request.user)


def register() -> None:
    """Put the lines in the navigation."""
    centre = "admin:notifications_message_changelist"
    entry = NavigationEntry("My work", "Notifications", centre, "bell", "notifications.view_message", waiting, "n")
    navigation.register("notifications", entry, weight=30)
    outbox = "admin:notifications_outboxentry_changelist"
    entry = NavigationEntry(
        "Administration", "Outbox", outbox, "paper-airplane", "notifications.view_outboxentry", key="o"
    )
    navigation.register("outbox", entry, weight=80)
