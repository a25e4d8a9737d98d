"""The outbox: what became of every message, for who runs FinPulse. Never whom or what it is about."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime

from finpulse.kernel.admin import ScopedModelAdmin
from notifications.models import DeliveryAttempt, OutboxEntry


@admin.register(OutboxEntry)
class OutboxAdmin(ScopedModelAdmin):
    """Messages of all, by kind, channel, state, attempts and reason."""

    list_display = ("id", "kind", "channel", "state", "late", "attempts", "last_attempt", "why", "due_at", "sent_at")
    list_filter = ("state", "channel", "late")
    ordering = ("-id",)
    fields = ("kind", "channel", "state", "reason", "late", "due_at", "created_at", "sent_at", "each_attempt")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutboxEntry]:
        """Read the attempts along."""
        return super().get_queryset(request).with_attempts()  # type: ignore[attr-defined]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Written by what falls due."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing here is edited."""
        return False

    @admin.display(description="Attempts")
    def attempts(self, entry: OutboxEntry) -> int:
        """How many."""
        return entry.attempt_count  # type: ignore[attr-defined]

    @admin.display(description="Last attempt")
    def last_attempt(self, entry: OutboxEntry) -> str:
        """Its outcome in words."""
        outcome = entry.last_outcome  # type: ignore[attr-defined]
        return DeliveryAttempt.Outcome(outcome).label if outcome else ""

    @admin.display(description="Reason")
    def why(self, entry: OutboxEntry) -> str:
        """Why it was not sent, or not yet."""
        return entry.reason or entry.last_reason or ""  # type: ignore[attr-defined]

    @admin.display(description="Each attempt")
    def each_attempt(self, entry: OutboxEntry) -> str:
        """All attempts, oldest first."""
        return "\n".join(
            f"{date_format(localtime(row.started_at), 'j F Y, H:i:s')} {row.get_outcome_display()} {row.reason}".strip()
            for row in entry.attempts.order_by("pk")
        )
