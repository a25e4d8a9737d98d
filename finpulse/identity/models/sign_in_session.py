"""Who is signed in where: one row for each sign-in, kept when it is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import F, Q

from finpulse.identity.models.user import User
from finpulse.kernel.encryption import EncryptedTextField

AGENT_LETTERS = 300
# One request asks the provider; for so long the others of its sign-in neither ask nor wait.
ASKED_EVERY = timedelta(minutes=1)


class SignInSession(models.Model):
    """A sign-in, from its first moment until it is signed out, ended by somebody, or over by the clock.

    `seen_at` is exact to a minute; `expires_at` is when it is over however busy it was. `confirmed_at` is when the
    identity provider last vouched for the user, empty where it never did; `asked_at` is when it was last asked again.
    """

    class Method(models.TextChoices):
        PASSWORD = "PASSWORD", "password"
        OIDC = "OIDC", "the bank's account"
        BREAK_GLASS = "BREAK_GLASS", "break-glass"

    class EndReason(models.TextChoices):
        SIGNED_OUT = "SIGNED_OUT", "signed out"
        REPLACED = "REPLACED", "signed in again in the same browser"
        IDLE = "IDLE", "no activity"
        ABSOLUTE = "ABSOLUTE", "lasted as long as it may"
        ENDED_BY_USER = "ENDED_BY_USER", "ended by the user elsewhere"
        ENDED_BY_ADMINISTRATOR = "ENDED_BY_ADMINISTRATOR", "ended by an administrator"
        PROVIDER = "PROVIDER", "ended at the identity provider"
        UNCONFIRMED = "UNCONFIRMED", "not confirmed by the identity provider"
        DEACTIVATED = "DEACTIVATED", "the account is deactivated"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    # The browser's session, which is deleted when this ends: hence no constraint. A key is never given twice.
    session = models.OneToOneField(
        Session, db_column="session_key", db_constraint=False, on_delete=models.DO_NOTHING, related_name="sign_in"
    )
    method = models.CharField(max_length=12, choices=Method.choices)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=24, choices=EndReason.choices, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    agent = models.CharField(max_length=AGENT_LETTERS, blank=True)
    reason = models.CharField(max_length=500, blank=True, help_text="Why the glass was broken.")
    provider_issuer = models.CharField(max_length=200, blank=True)
    provider_subject = models.CharField(max_length=200, blank=True)
    provider_sid = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    # With it the provider is asked again. Empty is NULL: of ciphertext the database compares nothing else.
    refresh_token = EncryptedTextField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="") | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="identity_sign_in_ends_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(method="BREAK_GLASS") | ~Q(reason=""), name="identity_sign_in_break_glass_says_why"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(refresh_token__isnull=True),
                name="identity_sign_in_ended_keeps_no_token",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("started_at")), name="identity_sign_in_expires_later"),
            models.CheckConstraint(condition=Q(seen_at__gte=F("started_at")), name="identity_sign_in_seen_since_start"),
        ]
        indexes = [
            models.Index(fields=["started_at"], condition=Q(method="BREAK_GLASS"), name="identity_sign_in_break_glass"),
            models.Index(fields=["user", "-started_at"], name="identity_sign_in_user"),
            models.Index(
                fields=["provider_issuer", "provider_subject", "provider_sid"],
                condition=Q(ended_at__isnull=True) & ~Q(provider_subject=""),
                name="identity_sign_in_provider",
            ),
            models.Index(fields=["seen_at"], condition=Q(ended_at__isnull=True), name="identity_sign_in_idle"),
            models.Index(fields=["expires_at"], condition=Q(ended_at__isnull=True), name="identity_sign_in_absolute"),
        ]

    def __str__(self) -> str:
        return f"sign-in {self.pk} of {self.user_id}"

    @property
    def uid(self) -> int:
        """What the sealed token is bound to."""
        return int(self.pk)

    def why_over(self, now: datetime) -> str:
        """Give the reason for which it is over at `now`, "" while it runs. Whether the user is active, others ask."""
        if self.end_reason:
            return self.end_reason
        if now >= self.expires_at:
            return self.EndReason.ABSOLUTE
        return self.EndReason.IDLE if now >= self.seen_at + idle_limit() else ""

    def is_to_be_confirmed(self, now: datetime) -> bool:
        """Tell whether the provider is to be asked about it, and nobody has asked just now."""
        if not settings.OIDC_CONFIRM_MINUTES or self.confirmed_at is None:
            return False
        is_due = self.confirmed_at <= now - timedelta(minutes=settings.OIDC_CONFIRM_MINUTES)
        return is_due and (self.asked_at is None or self.asked_at <= now - ASKED_EVERY)

    def is_unconfirmed_too_long(self, now: datetime) -> bool:
        """Tell whether the provider has not answered about it for longer than it may go on without."""
        longest = timedelta(minutes=settings.OIDC_UNCONFIRMED_MINUTES)
        return self.confirmed_at is not None and self.confirmed_at <= now - longest


def idle_limit() -> timedelta:
    """Give how long a sign-in may go without a request."""
    return timedelta(minutes=settings.SESSION_IDLE_MINUTES)
