"""People and scripts that sign in."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from finpulse.identity.access import NO_ACCESS, Access
from finpulse.identity.models.unit import Unit
from finpulse.identity.querysets import CustomUserManager
from finpulse.identity.roles import ROLES
from finpulse.identity.standing_in import StandIn


class User(AbstractUser):
    """A person or script that signs in. Known to the identity provider by (issuer, subject), never by e-mail."""

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    oidc_issuer = models.CharField(max_length=200, blank=True)
    oidc_subject = models.CharField(max_length=200, blank=True)

    objects = CustomUserManager()  # type: ignore[misc]  # AbstractUser has declared a UserManager

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
            covers=tuple(StandIn.of(cover) for cover in row.access_covers),
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
