"""What an investment holds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from crm.models.holding import Holding
from crm.querysets import OfHoldingQuerySet


class Position(models.Model):
    """So much of one security. `price` is that of one unit in `price_currency` on `price_on`; empty is not known."""

    holding = models.ForeignKey(Holding, on_delete=models.CASCADE, related_name="positions", db_index=False)
    isin = models.CharField("ISIN", max_length=12)
    name = models.CharField(max_length=160, blank=True)
    quantity = models.DecimalField(max_digits=24, decimal_places=8)
    price = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    price_currency = models.CharField(max_length=3, blank=True)
    price_on = models.DateField(null=True, blank=True)

    objects = OfHoldingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holding", "isin"], name="crm_position_once"),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | ~Q(price_currency=""), name="crm_position_price_has_currency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.isin}"
