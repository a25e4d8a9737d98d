"""One load of the core-banking feed."""

from django.db import models
from django.utils import timezone


class FeedLoad(models.Model):
    """What a feed said it was and what came of it. `report` holds counts by file and the rows refused."""

    source = models.CharField(max_length=40)
    sequence = models.PositiveBigIntegerField(null=True, blank=True, help_text="Empty for a folder without a manifest.")
    business_date = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=5, choices=[("FULL", "full"), ("DELTA", "delta")], default="DELTA")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 over the folder's files.")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    # While it runs: when it was last heard of and how far it is ({"file", "bytes", "of"}); why it ended without an end.
    alive_at = models.DateTimeField(null=True, blank=True)
    progress = models.JSONField(default=dict, blank=True)
    stopped = models.CharField(max_length=500, blank=True)
    report = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["source", "sequence"], name="crm_feedload_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.sequence or ''}".strip()
