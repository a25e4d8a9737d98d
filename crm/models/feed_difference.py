"""Where FinPulse's own word stands against the core-banking system's."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from crm.models.customer import Customer
from crm.querysets import FeedDifferenceQuerySet


def label_of(column: str) -> str:
    """Give a customer's column in words: "e-mail"."""
    field: Any = Customer._meta.get_field(column)
    return str(field.verbose_name)


class FeedDifference(models.Model):
    """A column of a customer that was edited here and of which the feed says `theirs`, for the manager to settle.

    Once settled it stays until the feed agrees; it waits anew when the feed says something else.
    """

    class Settled(models.TextChoices):
        KEPT = "KEPT", "kept as edited here"
        TAKEN = "TAKEN", "the bank's value taken"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="feed_differences", db_index=False)
    column = models.CharField(max_length=40)
    theirs = models.TextField("value of the bank", blank=True)
    told_at = models.DateTimeField("told", default=timezone.now)
    settled = models.CharField(max_length=5, choices=Settled.choices, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = FeedDifferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "difference to the bank's feed"
        verbose_name_plural = "differences to the bank's feed"
        constraints = [models.UniqueConstraint(fields=["customer", "column"], name="crm_feeddifference_once")]

    def __str__(self) -> str:
        return f"{self.label} of customer {self.customer_id}"

    @property
    def label(self) -> str:
        """The column in words: "e-mail"."""
        return label_of(self.column)

    @property
    def ours(self) -> str:
        """What FinPulse says of the column today."""
        return str(getattr(self.customer, self.column))

    @property
    def is_open(self) -> bool:
        """Whether it is to be settled."""
        return not self.settled and self.ours != self.theirs
