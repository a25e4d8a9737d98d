"""One load of the core-banking feed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

# Of a load that was not heard of for so long the process has gone.
SILENT = timedelta(minutes=1)


class FeedLoad(models.Model):
    """What a feed said it was and what came of it. `report` holds counts by file and the rows refused."""

    class Kind(models.TextChoices):
        FULL = "FULL", "full"
        DELTA = "DELTA", "delta"

    class State(models.TextChoices):
        RUNNING = "RUNNING", "running"
        DONE = "DONE", "done"
        STOPPED = "STOPPED", "stopped"
        CUT_OFF = "CUT_OFF", "cut off"

    source = models.CharField(max_length=40)
    sequence = models.PositiveBigIntegerField(null=True, blank=True, help_text="Empty for a folder without a manifest.")
    business_date = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=5, choices=Kind.choices, default=Kind.DELTA)
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

    @property
    def heard_at(self) -> datetime:
        """When something was last heard of it."""
        return self.finished_at or self.alive_at or self.started_at

    def state(self, now: datetime) -> State:
        """Tell how it stands: who is silent for a minute without an end was cut off."""
        if self.finished_at:
            return self.State.DONE
        if self.stopped:
            return self.State.STOPPED
        return self.State.CUT_OFF if now - self.heard_at > SILENT else self.State.RUNNING

    def took(self, now: datetime) -> timedelta:
        """Give how long it runs, or ran until it was last heard of."""
        return (now if self.state(now) == self.State.RUNNING else self.heard_at) - self.started_at
