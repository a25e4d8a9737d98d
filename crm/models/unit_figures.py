"""What the customers of a unit's subtree have and owe, rolled up once a day."""

from __future__ import annotations

from django.db import models

from crm.models.amounts import amount_field


class UnitFigures(models.Model):
    """Totals over the subtree of a unit in one currency as of a day, each with how many holdings it does not know; a
    holding counts once, restricted customers never.

    Written by one service, after a load; what the words mean stands in docs/glossary.md.
    """

    unit = models.ForeignKey("identity.Unit", on_delete=models.CASCADE, related_name="figures", db_index=False)
    as_of = models.DateField()
    currency = models.CharField(max_length=3)
    holdings = models.PositiveIntegerField(default=0)
    deposits = amount_field(null=False, default=0)
    investments = amount_field(null=False, default=0)
    lending_drawn = amount_field(null=False, default=0)
    undrawn = amount_field(null=False, default=0)
    guarantees = amount_field(null=False, default=0)
    deposits_not_known = models.PositiveIntegerField(default=0)
    investments_not_known = models.PositiveIntegerField(default=0)
    lending_drawn_not_known = models.PositiveIntegerField(default=0)
    undrawn_not_known = models.PositiveIntegerField(default=0)
    guarantees_not_known = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "unit figures"
        constraints = [models.UniqueConstraint(fields=["unit", "as_of", "currency"], name="crm_unitfigures_once")]

    def __str__(self) -> str:
        return f"Unit {self.unit_id} on {self.as_of} in {self.currency}"
