"""Each try to sign in: who or from where, how, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from finpulse.identity.models.sign_in_session import SignInSession
from finpulse.identity.models.user import User

CAUSE_LETTERS = 60


class SignInAttempt(models.Model):
    """A try to sign in. Of what was typed it holds `mark`, by which the same name is recognised, and nothing else.

    One that fails once too often holds its account, or its address, until a moment; nobody is let try before.
    """

    class Outcome(models.TextChoices):
        SUCCEEDED = "SUCCEEDED", "signed in"
        FAILED = "FAILED", "wrong"
        HELD = "HELD", "refused unread: too many before"
        REFUSED = "REFUSED", "right, and not let in"

    # A call of the API by token, which begins no session.
    SCRIPT = "SCRIPT"
    METHODS = (*SignInSession.Method.choices, (SCRIPT, "API token"))

    at = models.DateTimeField()
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    method = models.CharField(max_length=12, choices=METHODS)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    cause = models.CharField(max_length=CAUSE_LETTERS, blank=True, help_text="A code of ours, never what was typed")
    account_held_until = models.DateTimeField(null=True, blank=True)
    address_held_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "sign-in"
        verbose_name_plural = "sign-ins"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="FAILED") | Q(account_held_until=None, address_held_until=None),
                name="identity_attempt_only_failing_holds",
            ),
        ]
        indexes = [
            models.Index(fields=["mark", "-at"], condition=~Q(mark=""), name="identity_attempt_mark"),
            models.Index(fields=["address", "-at"], name="identity_attempt_address"),
            models.Index(fields=["user", "-id"], name="identity_attempt_user"),
            models.Index(fields=["at"], name="identity_attempt_at"),
        ]

    def __str__(self) -> str:
        return f"sign-in attempt {self.pk}"
