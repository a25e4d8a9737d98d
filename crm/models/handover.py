"""Customers that are to go from their managers to another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from crm.handover_querysets import HandoverQuerySet
from crm.models.customer import Customer


class Handover(models.Model):
    """A list of customers, frozen when it was proposed. What became of it, its proposal says."""

    to_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="receiver"
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = HandoverQuerySet.as_manager()

    def __str__(self) -> str:
        return f"handover to {self.to_manager}"


class HandoverCustomer(models.Model):
    """One customer of a handover, with the manager who had him when it was proposed."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="listed", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    from_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "customer"], name="crm_handovercustomer_once")]
        indexes = [models.Index(fields=["from_manager", "handover"], name="crm_handover_gives")]

    def __str__(self) -> str:
        return f"{self.customer_id} of {self.handover_id}"
