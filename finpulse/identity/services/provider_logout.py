"""Signed out at the identity provider: signed out here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from finpulse.identity.models import SignInSession, UsedLogoutToken
from finpulse.identity.services.sessions import sign_ins_end
from finpulse.kernel.errors import DomainError


class ProviderLogoutRefused(DomainError):
    """The provider's word was followed before."""


@transaction.atomic
def provider_logout_follow(
    *, issuer: str, subject: str, session: str, token_id: str, token_expires_at: datetime, now: datetime
) -> int:
    """End the sign-ins that the provider names by subject, by its session, or by both. Gives how many ran.

    `token_expires_at` is when the token would be refused for its age.

    :raises ProviderLogoutRefused: when a token of this id was followed before.
    """
    UsedLogoutToken.objects.filter(expires_at__lt=now).delete()
    try:
        with transaction.atomic():
            UsedLogoutToken.objects.create(issuer=issuer, token_id=token_id, expires_at=token_expires_at)
    except IntegrityError as error:
        raise ProviderLogoutRefused("The logout token was used before.") from error
    named = {"provider_subject": subject, "provider_sid": session}
    whose: dict[str, Any] = {name: value for name, value in named.items() if value}
    reason = SignInSession.EndReason.PROVIDER
    return sign_ins_end(reason=reason, actor=None, now=now, provider_issuer=issuer, **whose)
