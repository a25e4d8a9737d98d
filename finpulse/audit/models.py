"""One event of the trail."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTransform
from django.utils import timezone

# Of the words typed in a search, what recognises them (finpulse.audit.services.looks).
SEARCH_MARKS = KeyTransform("words", KeyTransform("search", "detail"))


class AuditEvent(models.Model):
    """Who did what to which row. Holds keys, never names: what it points to may be erased, the event stays."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verb = models.CharField(max_length=80, help_text="app.entity.past_tense")
    subject_type = models.CharField(max_length=80, blank=True, help_text="app.model")
    subject_id = models.BigIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_event_subject"),
            GinIndex(
                OpClass(SEARCH_MARKS, "jsonb_path_ops"),
                condition=Q(detail__has_key="search"),
                name="audit_event_search",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id or ''}".strip()
