"""What a sign-in at the identity provider changes here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from finpulse.audit.services import record
from finpulse.identity.models import ClaimKind, ClaimSeen, User
from finpulse.identity.selectors.claims import roles_given, unit_given
from finpulse.identity.services.claimed import Claimed, claims_read
from finpulse.identity.services.roles import user_set_roles
from finpulse.kernel.errors import DomainError

REASON = "as the identity provider claims"


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


def user_signed_in(*, issuer: str, claims: dict[str, Any]) -> User:
    """Give the user of (issuer, sub), made new when a role claim admits him, with roles and unit as claimed now.

    What the provider no longer claims is taken away, from one who is refused for having no role left, too.

    :raises DomainError: for a deactivated user, one without any role here, or claims that cannot be kept.
    """
    claimed = claims_read(claims)
    roles = roles_given(issuer, claimed.roles)
    with transaction.atomic():
        user = _user_of(issuer, claimed, admitted=bool(roles))
        if user is not None:
            _remember_claims(user, claimed)
            _update_person(user, issuer, claimed)
            user = user_set_roles(user=user, names=roles, actor=user, reason=REASON)
    if user is None or not user.is_staff:
        raise SignInRefused("Your account has no role in FinPulse yet. Ask a system administrator.")
    return user


def _user_of(issuer: str, claimed: Claimed, *, admitted: bool) -> User | None:
    user: User | None = _known(issuer, claimed)
    if user is None and admitted:
        user = _new_user(issuer, claimed)
    if user is not None and not user.is_active:
        raise SignInRefused("This account is deactivated. Ask a system administrator to reactivate it.")
    return user


def _known(issuer: str, claimed: Claimed) -> User | None:
    found = User.objects.select_for_update().filter(oidc_issuer=issuer, oidc_subject=claimed.subject)
    user: User | None = found.first()
    return user


def _new_user(issuer: str, claimed: Claimed) -> User:
    try:
        with transaction.atomic():
            user: User = User.objects.create_user(claimed.username, oidc_issuer=issuer, oidc_subject=claimed.subject)
    except IntegrityError as error:
        # Two first sign-ins at once: the other has made him.
        if (other := _known(issuer, claimed)) is not None:
            return other
        # Never taken over by name: an account made beforehand is bound to its subject by whoever made it.
        raise SignInRefused(
            f"The name {claimed.username} belongs to another account. Ask a system administrator."
        ) from error
    record("identity.user.made_at_sign_in", actor=None, subject=user, detail={"issuer": issuer})
    return user


def _remember_claims(user: User, claimed: Claimed) -> None:
    """Keep what was claimed at this sign-in and no other: by it an administrator knows whom a mapping would touch."""
    pairs = {(ClaimKind.ROLE, value) for value in claimed.roles} | {(ClaimKind.UNIT, claimed.unit)}
    wanted = {pair for pair in pairs if pair[1]}
    rows = {(row.kind, row.value): row.pk for row in ClaimSeen.objects.filter(user=user)}
    ClaimSeen.objects.filter(pk__in=[key for pair, key in rows.items() if pair not in wanted]).delete()
    ClaimSeen.objects.bulk_create([ClaimSeen(user=user, kind=kind, value=value) for kind, value in wanted - set(rows)])


def _update_person(user: User, issuer: str, claimed: Claimed) -> None:
    fields: dict[str, Any] = {
        "first_name": claimed.given_name or user.first_name,
        "last_name": claimed.family_name or user.last_name,
        "email": claimed.email or user.email,
    }
    # Without a claim of that name the bank places people otherwise, and a sign-in leaves them where they are.
    if settings.OIDC_UNIT_CLAIM:
        unit = unit_given(issuer, claimed.unit)
        fields["unit_id"] = unit.pk if unit is not None else None
        if fields["unit_id"] != user.unit_id:
            detail = {"before": user.unit_id, "after": fields["unit_id"]}
            record("identity.user.placed", actor=user, subject=user, reason=REASON, detail=detail)
    User.objects.filter(pk=user.pk).update(**fields)
