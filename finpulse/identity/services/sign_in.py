"""What a sign-in at the identity provider changes here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction

from finpulse.audit.services import record
from finpulse.identity.models import Unit, User
from finpulse.identity.roles import ROLES
from finpulse.identity.services.roles import user_set_roles
from finpulse.kernel.errors import DomainError


class SignInRefused(DomainError):
    """The provider vouches for someone who has no place here."""


@transaction.atomic
def user_bind_sign_in(*, user: User, issuer: str, subject: str, actor: Any) -> None:
    """Say under which subject the identity provider knows this user."""
    if (user.oidc_issuer, user.oidc_subject) == (issuer, subject):
        return
    user.oidc_issuer, user.oidc_subject = issuer, subject
    User.objects.filter(pk=user.pk).update(oidc_issuer=issuer, oidc_subject=subject)
    record("identity.user.sign_in_bound", actor=actor, subject=user, detail={"issuer": issuer})


@transaction.atomic
def user_signed_in(*, issuer: str, claims: dict[str, Any]) -> User:
    """Give the user of (issuer, sub), made new when a role claim admits him, with roles and unit as claimed now.

    Roles that the provider no longer claims are taken away.

    :raises SignInRefused: for a deactivated user, or one without any role here.
    """
    subject = str(claims["sub"])
    claimed = claims.get(settings.OIDC_ROLE_CLAIM) or []
    names = set(claimed if isinstance(claimed, list) else [claimed]) & set(ROLES)
    user = User.objects.filter(oidc_issuer=issuer, oidc_subject=subject).first()
    if user is not None and not user.is_active:
        raise SignInRefused("This account is deactivated. Ask a system administrator.")
    if not names:
        raise SignInRefused("Your account has no role in FinPulse yet. Ask a system administrator.")
    if user is None:
        user = _new_user(issuer, subject, claims)
    _update_person(user, claims)
    return user_set_roles(user=user, names=names, actor=user, reason="as the identity provider claims")


def _new_user(issuer: str, subject: str, claims: dict[str, Any]) -> User:
    username = str(claims.get("preferred_username") or subject)[:150]
    if User.objects.filter(username=username).exists():
        # Never taken over by name: an account made beforehand is bound to its subject by whoever made it.
        raise SignInRefused(f"The name {username} belongs to another account. Ask a system administrator.")
    user: User = User.objects.create_user(username, oidc_issuer=issuer, oidc_subject=subject)
    record("identity.user.made_at_sign_in", actor=None, subject=user, detail={"issuer": issuer})
    return user


def _update_person(user: User, claims: dict[str, Any]) -> None:
    unit = Unit.objects.filter(code=claims.get(settings.OIDC_UNIT_CLAIM) or "").first()
    if unit is not None:
        user.unit = unit
    user.first_name = str(claims.get("given_name") or user.first_name)[:150]
    user.last_name = str(claims.get("family_name") or user.last_name)[:150]
    user.email = str(claims.get("email") or user.email)
    fields = {name: getattr(user, name) for name in ("unit", "first_name", "last_name", "email")}
    User.objects.filter(pk=user.pk).update(**fields)
