"""What system administrators have changed of a role against what the code declares."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from finpulse.identity.models.user import User


class RoleChange(models.Model):
    """A permission ("app.verb_model") that a role holds although the code does not say so, or the other way round."""

    role = models.CharField(max_length=40)
    permission = models.CharField(max_length=120)
    held = models.BooleanField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "permission"], name="identity_rolechange_one_word")]

    def __str__(self) -> str:
        return f"{self.role} {'has' if self.held else 'has not'} {self.permission}"
