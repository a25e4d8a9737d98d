"""A sign-in by the identity provider holds for as long as the provider vouches for the person: it is asked again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from finpulse.identity.models import SignInSession
from finpulse.identity.models.sign_in_session import ASKED_EVERY


@transaction.atomic
def sign_in_ask(*, sign_in: SignInSession, now: datetime) -> str | None:
    """Have this request be the one that asks: give the refresh token, "" where there is none to be opened.

    None when another request asks, or the sign-in has ended.
    """
    rows = SignInSession.objects.select_for_update(of=("self",), skip_locked=True).filter(
        Q(asked_at__isnull=True) | Q(asked_at__lte=now - ASKED_EVERY),
        pk=sign_in.pk,
        ended_at__isnull=True,
        confirmed_at__lte=now - timedelta(minutes=settings.OIDC_CONFIRM_MINUTES),
    )
    row = rows.first()
    if row is None:
        return None
    SignInSession.objects.filter(pk=row.pk).update(asked_at=now)
    return _opened(row)


def refresh_token_keep(*, sign_in: SignInSession, refresh_token: str) -> None:
    """Keep the token with which the provider is asked next, sealed; one that has ended keeps none."""
    if refresh_token:
        field = SignInSession._meta.get_field("refresh_token")
        field.seal(sign_in, refresh_token)
        running = SignInSession.objects.filter(pk=sign_in.pk, ended_at__isnull=True)
        running.update(refresh_token=sign_in.refresh_token)


def sign_in_confirmed(*, sign_in: SignInSession, now: datetime) -> None:
    """Write down that the provider has vouched for the user again."""
    SignInSession.objects.filter(pk=sign_in.pk, ended_at__isnull=True).update(confirmed_at=now)


def _opened(row: SignInSession) -> str:
    try:
        return str(SignInSession._meta.get_field("refresh_token").reveal(row))
    except (ValueError, LookupError):
        # Sealed with a key that is no longer configured: like one that was never given.
        return ""
