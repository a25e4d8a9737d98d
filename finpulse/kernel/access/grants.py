"""Personal grants on one row, in tables with a direct foreign key. This is the only place that knows guardian."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

__all__ = ["GrantFacts", "GroupObjectPermissionBase", "UserObjectPermissionBase", "in_force"]


class GrantFacts(models.Model):
    """Who granted, why and until when. An empty end is open."""

    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    granted_at = models.DateTimeField(default=timezone.now)
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


def in_force() -> Q:
    """Give the condition that a grant has not ended by the database's clock."""
    return Q(until_at__isnull=True) | Q(until_at__gt=Now())
