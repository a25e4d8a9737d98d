"""What one unit of a currency is worth in another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class ExchangeRate(models.Model):
    """One unit of `currency` in `base`, as of a day."""

    currency = models.CharField(max_length=3)
    base = models.CharField(max_length=3)
    as_of = models.DateField()
    rate = models.DecimalField(max_digits=20, decimal_places=10)
    source = models.CharField(max_length=40, default="core", editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["base", "currency", "as_of"], name="crm_exchangerate_once"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="crm_exchangerate_above_zero"),
            models.CheckConstraint(condition=~Q(currency=F("base")), name="crm_exchangerate_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.rate} {self.base} on {self.as_of}"
