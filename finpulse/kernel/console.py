"""The queue in the console, to look at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from finpulse.kernel.admin import ScopedModelAdmin
from finpulse.kernel.models import QueuedTask
from finpulse.kernel.registries import NavigationEntry, navigation

PERMISSION = "kernel.view_queuedtask"


@admin.register(QueuedTask)
class QueuedTaskAdmin(ScopedModelAdmin):
    """Queued work: what waits, runs, is done or was given up, and why."""

    list_display = ("id", "name", "queue", "state", "attempts", "rings", "available_at", "leased_until", "last_error")
    list_filter = ("state", "queue")
    ordering = ("-id",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Written by services."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Changed by relay and workers."""
        return False


def register() -> None:
    """Put the line in the navigation."""
    entry = NavigationEntry("Administration", "Queue", "admin:kernel_queuedtask_changelist", "queue-list", PERMISSION)
    navigation.register("queue", entry, weight=90)
