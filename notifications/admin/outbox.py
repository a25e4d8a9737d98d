"""The outbox: what became of every message, for who runs FinPulse. Never whom or what it is about."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime

from finpulse.kernel.admin import ReadOnlyAdmin
from finpulse.kernel.errors import DomainError
from notifications.models import DeliveryAttempt, OutboxEntry
from notifications.policies import may_resend_message
from notifications.services import message_resend

PAGE = "admin:notifications_outboxentry_change"


@admin.register(OutboxEntry)
class OutboxAdmin(ReadOnlyAdmin):
    """Messages of all, by kind, channel, state, attempts and reason; one that failed is sent again."""

    list_purpose = "Each message on its way, with every attempt. What has failed is sent again."
    rows_called = "outbox entries"
    change_form_template = "notifications/outbox_entry.html"
    list_display = (
        "id",
        "kind",
        "channel",
        "state",
        "shown_late",
        "attempts",
        "last_attempt",
        "why",
        "due_at",
        "sent_at",
    )
    list_filter = ("state", "channel", "late")
    ordering = ("-id",)
    fields = ("kind", "channel", "state", "reason", "late", "due_at", "created_at", "sent_at", "each_attempt")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutboxEntry]:
        """Read the attempts along."""
        return super().get_queryset(request).with_attempts()  # type: ignore[attr-defined]

    def get_urls(self) -> list[URLPattern]:
        """Put the verb before the stock addresses."""
        resend = self.admin_site.admin_view(self.resend)
        return [path("<int:object_id>/resend/", resend, name="notifications_outboxentry_resend"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the verb by the policy that guards it."""
        entry = self.get_object(request, object_id)
        may = entry is not None and may_resend_message(request.user, entry)
        return super().change_view(request, object_id, form_url, {"may_resend": may, **(extra_context or {})})

    def resend(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Send a message again that failed."""
        entry = self.get_object(request, str(object_id))
        if entry is None or not request.user.has_perm("notifications.change_outboxentry"):
            raise Http404("no outbox for this role")
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            message_resend(message_id=entry.pk, actor=request.user)
            messages.success(request, f"Message {entry.pk} is sent again.")
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return redirect(PAGE, entry.pk)

    @admin.display(description="Late", ordering="late")
    def shown_late(self, entry: OutboxEntry) -> str:
        """Marked where it was."""
        return format_html('<span class="badge badge--warn">{}</span>', "late") if entry.late else "–"

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
