"""Tokens by which scripts sign in to the API."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from finpulse.identity.models.user import User

# How long before its end whoever is to replace a token is told.
TOLD_BEFORE = (timedelta(days=14), timedelta(days=1))
LONGEST = {"PERSONAL": timedelta(days=90), "SERVICE": timedelta(days=365)}


class ApiToken(models.Model):
    """Signs in to the API as its owner, for the scopes it was made for. Of its secret only the SHA-256 is kept."""

    class Kind(models.TextChoices):
        PERSONAL = "PERSONAL", "personal"
        SERVICE = "SERVICE", "service"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens", db_index=False)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.PERSONAL)
    prefix = models.CharField(max_length=8, blank=True)
    # A service token before it was fetched has no secret yet. An empty text would be one that only one token may have.
    digest = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 - see above
    # Who answers for the integration fetches the secret, and the token ends with him. An older one has nobody.
    keeper = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="kept_api_tokens",
        db_index=False,
        db_column="offered_to_id",
        verbose_name="answered for by",
    )
    offered_until = models.DateTimeField(null=True, blank=True)
    scopes = ArrayField(models.CharField(max_length=80))
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    last_used_from = models.GenericIPAddressField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "API token"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"], condition=Q(revoked_at=None), name="identity_apitoken_one_of_a_name"
            ),
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="identity_apitoken_is_a_sha256"),
            models.CheckConstraint(condition=Q(scopes__len__gte=1), name="identity_apitoken_is_for_something"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="identity_apitoken_lasts"),
            models.CheckConstraint(
                condition=Q(kind="PERSONAL", expires_at__lte=F("created_at") + LONGEST["PERSONAL"])
                | Q(kind="SERVICE", expires_at__lte=F("created_at") + LONGEST["SERVICE"]),
                name="identity_apitoken_ends",
            ),
            models.CheckConstraint(
                condition=Q(digest__isnull=False, offered_until=None)
                | Q(digest=None, prefix="", kind="SERVICE", keeper__isnull=False, offered_until__isnull=False),
                name="identity_apitoken_fetched_or_offered",
            ),
            models.CheckConstraint(
                condition=Q(keeper=None) | Q(kind="SERVICE") & ~Q(keeper=F("user")),
                name="identity_apitoken_kept_by_another",
            ),
            models.CheckConstraint(
                condition=Q(revoked_by=None) | Q(revoked_at__isnull=False), name="identity_apitoken_revoked_by_whom"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="identity_apitoken_of_user"),
            models.Index(fields=["prefix"], name="identity_apitoken_prefix"),
            models.Index(fields=["keeper"], condition=Q(keeper__isnull=False), name="identity_apitoken_offered"),
            models.Index(fields=["expires_at"], condition=Q(revoked_at=None), name="identity_apitoken_ending"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ends_soon(self) -> bool:
        """Tell whether it is time to replace it."""
        return self.state == "valid" and self.expires_at <= timezone.now() + TOLD_BEFORE[0]

    @property
    def state(self) -> str:
        """Whether it signs in, in a word or two."""
        if self.revoked_at is not None:
            return "revoked"
        if self.digest is None:
            return "to be fetched"
        return "expired" if self.expires_at <= timezone.now() else "valid"
