"""The trail, to look at."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from finpulse.audit.models import AuditEvent
from finpulse.audit.selectors import events_matching, trail_sealing
from finpulse.kernel.admin import ReadOnlyAdmin

# The clock seals each minute.
LATE_SECONDS = 300


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Newest first, in the order of its rows."""

    list_display = ("at", "actor", "verb", "subject_type", "subject_id")
    list_display_links = ("at",)
    list_select_related = ("actor",)
    search_fields = ("verb",)
    search_help_text = "A whole verb, a subject's id, a user name, or what somebody searched for"
    ordering = ("-id",)
    fields = ("at", "actor", "verb", "subject_type", "subject_id", "reason", "detail")
    readonly_fields = fields

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Say above the list how far it is sealed."""
        sealing = trail_sealing()
        seconds = sealing.seconds(timezone.now())
        context = {"sealing": sealing, "lag_seconds": seconds, "is_late": seconds > LATE_SECONDS}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuditEvent], search_term: str
    ) -> tuple[QuerySet[AuditEvent], bool]:
        """Find events by what they say, and searches by the words that were typed."""
        return events_matching(queryset, search_term), False
