"""The bank's tree of units."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Unit(models.Model):
    """A node of the bank's tree. `path` is "/1/4/": the ids from the root down to this unit."""

    class Kind(models.TextChoices):
        HEAD_OFFICE = "HEAD_OFFICE", "head office"
        REGION = "REGION", "region"
        BRANCH = "BRANCH", "branch"
        DESK = "DESK", "desk"

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.BRANCH)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=250, default="/", editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(parent=F("pk")), name="identity_unit_not_its_own_parent")]
        indexes = [models.Index(fields=["path"], name="identity_unit_path", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.name
