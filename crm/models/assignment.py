"""Who had a customer in charge, and how many somebody may have."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from crm.models.customer import Customer
from crm.querysets import OfCustomerQuerySet


class Assignment(models.Model):
    """A customer in one manager's charge, or in his unit's pool (no manager), from `since_at` until before `until_at`.

    Written where FinPulse moves a customer; what was before the first move begins with his arrival here.
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="assignments", db_index=False)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    since_at = models.DateTimeField(default=timezone.now)
    until_at = models.DateTimeField(null=True, blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=500, blank=True)
    proposal = models.ForeignKey(
        "kernel.Proposal", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(since_at__lte=F("until_at")),
                name="crm_assignment_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["customer"], condition=Q(until_at__isnull=True), name="crm_assignment_one_runs"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-id"], name="crm_assignment_of_customer"),
            models.Index(fields=["manager", "-id"], name="crm_assignment_of_manager"),
            models.Index(fields=["since_at"], condition=Q(manager__isnull=True), name="crm_assignment_to_pools"),
        ]

    def __str__(self) -> str:
        return f"assignment {self.pk}"


class Capacity(models.Model):
    """How many customers, restricted ones not counted, a manager may have at most. Without one there is no limit."""

    manager = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    most = models.PositiveIntegerField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "capacities"

    def __str__(self) -> str:
        return str(self.most)
