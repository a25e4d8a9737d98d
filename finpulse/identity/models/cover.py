"""Who stands in for whom, from when to when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from finpulse.identity.models.user import User
from finpulse.identity.querysets import CoverQuerySet


class Cover(models.Model):
    """A colleague stands in from `starts_at` until before `ends_at`; restricted customers are not part of it."""

    covered = models.ForeignKey(User, on_delete=models.CASCADE, related_name="covers_received")
    coverer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="covers_given")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    read_only = models.BooleanField(default=False)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)

    objects = CoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="identity_cover_ends_after_start"),
            models.CheckConstraint(condition=~Q(covered=F("coverer")), name="identity_cover_not_oneself"),
            models.CheckConstraint(condition=~Q(given_by=F("coverer")), name="identity_cover_not_given_to_oneself"),
        ]
        indexes = [models.Index(fields=["coverer", "ends_at"], name="identity_cover_running")]

    def __str__(self) -> str:
        return f"{self.coverer_id} for {self.covered_id}"
