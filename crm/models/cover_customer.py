"""Customers that are named in a cover."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from crm.models.customer import Customer
from finpulse.identity.models import Cover, User


class CoverCustomer(models.Model):
    """A customer who is part of a cover by name; one who has another manager by then is not."""

    cover = models.ForeignKey(Cover, on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cover", "customer"], name="crm_covercustomer_named_once")]

    def __str__(self) -> str:
        return f"{self.customer_id} in {self.cover_id}"
