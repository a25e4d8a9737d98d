"""How two customers stand to each other."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from crm.models.customer import Customer
from crm.querysets import RelationshipQuerySet


class Relationship(models.Model):
    """Read "`customer` is KIND `related`". Half-open: from `since_on` until before `until_on`, each open when empty."""

    class Kind(models.TextChoices):
        SPOUSE = "SPOUSE", "spouse of"
        PARENT_OF = "PARENT_OF", "parent of"
        PARENT_COMPANY_OF = "PARENT_COMPANY_OF", "parent company of"
        DIRECTOR_OF = "DIRECTOR_OF", "director of"
        SHAREHOLDER_OF = "SHAREHOLDER_OF", "shareholder of"
        BENEFICIAL_OWNER_OF = "BENEFICIAL_OWNER_OF", "beneficial owner of"
        SIGNATORY_OF = "SIGNATORY_OF", "signatory of"
        LEGAL_GUARDIAN_OF = "LEGAL_GUARDIAN_OF", "legal guardian of"
        ATTORNEY_OF = "ATTORNEY_OF", "attorney of"
        PARTNER = "PARTNER", "partner of"
        OTHER = "OTHER", "connected with"

    ENDS = ("customer", "related")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="relationships", db_index=False)
    related = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="relationships_to", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    share = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    since_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=40, default="core", editable=False)

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "related", "kind"], name="crm_relationship_once"),
            models.CheckConstraint(condition=~Q(customer=F("related")), name="crm_relationship_of_two"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__range=(0, 1)), name="crm_relationship_share_is_fraction"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(since_on__isnull=True) | Q(until_on__gt=F("since_on")),
                name="crm_relationship_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(
                fields=["related"], include=["customer", "kind", "since_on", "until_on"], name="crm_relationship_to"
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.get_kind_display()} {self.related_id}"
