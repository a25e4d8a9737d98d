"""An identifier shown whole to somebody for a few minutes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from crm.models.customer import Customer
from crm.querysets import OfCustomerQuerySet


class IdentifierReveal(models.Model):
    """Who was shown which identifier, why, and until when his page shows it. Only ever added; holds no value.

    `is_bulk` marks the reveal with which somebody came to as many within an hour as compliance hears of.
    """

    class Identifier(models.TextChoices):
        NATIONAL_ID = "NATIONAL_ID", "National id"
        TAX_ID = "TAX_ID", "Tax id"

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    identifier = models.CharField(max_length=12, choices=Identifier.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=300)
    revealed_at = models.DateTimeField()
    until_at = models.DateTimeField()
    is_bulk = models.BooleanField(default=False)

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("revealed_at")), name="crm_reveal_ends"),
            models.CheckConstraint(condition=~Q(reason=""), name="crm_reveal_has_reason"),
        ]
        indexes = [
            models.Index(fields=["user", "-revealed_at"], name="crm_reveal_of_user"),
            models.Index(fields=["customer", "user", "-until_at"], name="crm_reveal_running"),
            models.Index(fields=["-revealed_at"], condition=Q(is_bulk=True), name="crm_reveal_bulk"),
        ]

    def __str__(self) -> str:
        return f"{self.get_identifier_display()} {self.pk}"

    @property
    def column(self) -> str:
        """The customer's column that holds it."""
        return self.identifier.lower()
