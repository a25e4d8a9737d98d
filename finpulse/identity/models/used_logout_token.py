"""Which of the identity provider's logout tokens were followed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class UsedLogoutToken(models.Model):
    """A token that is good no second time. The row may go once `expires_at` is past: the token is too old by then."""

    issuer = models.CharField(max_length=200)
    token_id = models.CharField(max_length=200)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "token_id"], name="identity_logout_token_used_once"),
            models.CheckConstraint(condition=~Q(token_id=""), name="identity_logout_token_has_id"),
        ]
        indexes = [models.Index(fields=["expires_at"], name="identity_logout_token_expiry")]

    def __str__(self) -> str:
        return f"logout token {self.pk}"
