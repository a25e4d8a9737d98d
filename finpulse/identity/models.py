"""People, the bank's tree of units, and who stands in for whom."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from finpulse.identity.access import NO_ACCESS, Access
from finpulse.identity.querysets import CoverQuerySet, CustomUserManager
from finpulse.identity.roles import ROLES


class Unit(models.Model):
    """A node of the bank's tree. `path` is "/1/4/": the ids from the root down to this unit."""

    class Kind(models.TextChoices):
        HEAD_OFFICE = "HEAD_OFFICE", "head office"
        REGION = "REGION", "region"
        BRANCH = "BRANCH", "branch"
        DESK = "DESK", "desk"

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.BRANCH)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=250, default="/", editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(parent=F("pk")), name="identity_unit_not_its_own_parent")]
        indexes = [models.Index(fields=["path"], name="identity_unit_path", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person or script that signs in. Known to the identity provider by (issuer, subject), never by e-mail."""

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    oidc_issuer = models.CharField(max_length=200, blank=True)
    oidc_subject = models.CharField(max_length=200, blank=True)

    objects = CustomUserManager()  # type: ignore[misc]

    class Meta:
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                fields=["oidc_issuer", "oidc_subject"], condition=~Q(oidc_subject=""), name="identity_user_one_subject"
            ),
            models.CheckConstraint(condition=Q(is_superuser=False), name="identity_user_no_superuser"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @cached_property
    def access(self) -> Access:
        """Roles and reach, read once per user object; free where it came from `with_access()`."""
        row: Any = self if hasattr(self, "access_roles") else User.objects.with_access().filter(pk=self.pk).first()
        if row is None or not row.is_active:
            return NO_ACCESS
        return Access(
            roles=frozenset(row.access_roles),
            held=frozenset(_pair(text) for text in row.access_held),
            unit_ids=tuple(row.access_units or ()),
            covered_ids=tuple(row.access_covered),
            covered_editable_ids=tuple(row.access_covered_editable),
            has_grants=row.access_grants,
            has_charge=row.access_charge,
        )

    @property
    def role_label(self) -> str:
        """The roles in words, as the user menu shows them."""
        return ", ".join(role.label for role in ROLES.values() if role.name in self.access.roles)


def _pair(text: str) -> tuple[str, str]:
    role, _, permission = text.rpartition(" ")
    return role, permission


class OfficerCode(models.Model):
    """The name under which the core-banking system knows a customer manager."""

    code = models.CharField(max_length=40, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="officer_codes")

    def __str__(self) -> str:
        return self.code


class Cover(models.Model):
    """A colleague stands in from `starts_at` until before `ends_at`; restricted customers are not part of it."""

    covered = models.ForeignKey(User, on_delete=models.CASCADE, related_name="covers_received")
    coverer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="covers_given")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    read_only = models.BooleanField(default=False)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)

    objects = CoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="identity_cover_ends_after_start"),
            models.CheckConstraint(condition=~Q(covered=F("coverer")), name="identity_cover_not_oneself"),
            models.CheckConstraint(condition=~Q(given_by=F("coverer")), name="identity_cover_not_given_to_oneself"),
        ]
        indexes = [models.Index(fields=["coverer", "ends_at"], name="identity_cover_running")]

    def __str__(self) -> str:
        return f"{self.coverer_id} for {self.covered_id}"
