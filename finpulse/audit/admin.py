"""The trail, to look at."""

from django.contrib import admin

from finpulse.audit.models import AuditEvent
from finpulse.kernel.admin import ReadOnlyAdmin


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Newest first, in the order of its rows."""

    list_display = ("at", "actor", "verb", "subject_type", "subject_id")
    list_display_links = ("at",)
    list_select_related = ("actor",)
    search_fields = ("=verb", "=subject_id", "=actor__username")
    search_help_text = "A whole verb, a subject's id or a user name"
    ordering = ("-id",)
    fields = ("at", "actor", "verb", "subject_type", "subject_id", "reason", "detail")
    readonly_fields = fields
