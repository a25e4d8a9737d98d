"""What the identity provider's claims give here, and what it last claimed of whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from finpulse.identity.models.unit import Unit
from finpulse.identity.models.user import User
from finpulse.identity.roles import ROLES


class ClaimKind(models.TextChoices):
    """Which claim a value stands in: that of OIDC_ROLE_CLAIM or that of OIDC_UNIT_CLAIM."""

    ROLE = "ROLE", "role"
    UNIT = "UNIT", "unit"


class ClaimMapping(models.Model):
    """A value of the provider's claim, and the role or unit that it gives. One that gives neither gives nothing."""

    issuer = models.CharField(max_length=200)
    kind = models.CharField("claim", max_length=4, choices=ClaimKind.choices)
    value = models.CharField(max_length=200)
    role = models.CharField(max_length=40, blank=True, choices=[(role.name, role.label) for role in ROLES.values()])
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="claim_mappings")

    class Meta:
        verbose_name = "role mapping"
        ordering = ["kind", "value"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "kind", "value"], name="identity_claim_mapping_one_per_value"),
            models.CheckConstraint(condition=~Q(value=""), name="identity_claim_mapping_has_value"),
            models.CheckConstraint(
                condition=Q(kind="ROLE", unit__isnull=True, role__in=["", *ROLES]) | Q(kind="UNIT", role=""),
                name="identity_claim_mapping_gives_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"

    @property
    def gives(self) -> str:
        """The role or unit in words, "" for nothing."""
        return str(self.unit) if self.unit_id else self.get_role_display()


class ClaimSeen(models.Model):
    """A value that the provider claimed of a user at his last sign-in."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="claims_seen", db_index=False)
    kind = models.CharField(max_length=4, choices=ClaimKind.choices)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "value"], name="identity_claim_seen_once"),
        ]
        indexes = [models.Index(fields=["kind", "value"], name="identity_claim_seen_value")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value} of {self.user_id}"
