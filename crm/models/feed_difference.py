"""Where FinPulse's own word stands against the core-banking system's."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from crm.models.customer import Customer
from crm.querysets import OfCustomerQuerySet


class FeedDifference(models.Model):
    """A column of a customer that was edited here and of which the feed says `theirs`, for the manager to settle."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="feed_differences", db_index=False)
    column = models.CharField(max_length=40)
    theirs = models.TextField(blank=True)
    told_at = models.DateTimeField(default=timezone.now)

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "column"], name="crm_feeddifference_once")]

    def __str__(self) -> str:
        return f"{self.column} of customer {self.customer_id}"
