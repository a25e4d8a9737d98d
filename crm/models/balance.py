"""What a holding's balance was, day by day."""

from __future__ import annotations

from django.db import models

from crm.models.amounts import amount_field
from crm.models.holding import Holding
from crm.querysets import OfHoldingQuerySet


class Balance(models.Model):
    """A balance at the end of a day, signed from the customer's view, in the holding's currency."""

    pk = models.CompositePrimaryKey("holding_id", "as_of")
    holding = models.ForeignKey(Holding, on_delete=models.CASCADE, related_name="balances", db_index=False)
    as_of = models.DateField()
    balance = amount_field(null=False, blank=False)

    objects = OfHoldingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Holding {self.holding_id} on {self.as_of}"
