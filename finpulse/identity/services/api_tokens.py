"""Making and revoking API tokens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from finpulse.audit.services import record
from finpulse.identity import policies
from finpulse.identity.models import ApiToken, User
from finpulse.identity.token_facts import ApiTokenMakeRefused, check_facts, check_room
from finpulse.identity.token_secret import new_secret
from finpulse.kernel.errors import DomainError

# How exactly it is known when a token was last used; each call writing it down would make every read a write.
USE_NOTED = timedelta(minutes=1)


class ApiTokenRevokeRefused(DomainError):
    """This token may not be revoked, or not by this actor."""


@transaction.atomic
def api_token_make(*, name: str, scopes: Collection[str], days: int, actor: User) -> tuple[ApiToken, str]:
    """Give the actor a personal token that ends after so many days, and its text, which is known to nobody afterwards.

    :raises InputError: for a name, scope or end that no token can have.
    :raises ApiTokenMakeRefused: when the actor may have none, or none more.
    """
    check_facts(kind=ApiToken.Kind.PERSONAL, name=name, scopes=scopes, days=days)
    # The lock is that of a change of roles too: who loses the last one keeps no token made meanwhile.
    owner = User.objects.select_for_update().get(pk=actor.pk)
    verdict = policies.may_make_api_token(owner)
    if not verdict:
        raise ApiTokenMakeRefused(verdict.reason)
    check_room(owner, name)
    secret, now = new_secret(), timezone.now()
    facts = {"created_at": now, "expires_at": now + timedelta(days=days), "scopes": sorted(set(scopes))}
    token = ApiToken.objects.create(user=owner, name=name, prefix=secret.prefix, digest=secret.digest, **facts)
    detail = {"kind": token.kind, "scopes": token.scopes, "expires_at": token.expires_at.isoformat()}
    record("identity.apitoken.made", actor=actor, subject=token, detail=detail)
    return token, secret.text


@transaction.atomic
def api_token_revoke(*, token_id: int, actor: User) -> ApiToken:
    """End a token for good.

    :raises ApiTokenRevokeRefused: when it was revoked already, or the actor may not.
    """
    token = ApiToken.objects.select_for_update(of=("self",)).get(pk=token_id)
    verdict = policies.may_revoke_api_token(actor, token)
    if not verdict:
        raise ApiTokenRevokeRefused(verdict.reason)
    if token.revoked_at is not None:
        raise ApiTokenRevokeRefused("This token was revoked already.")
    token.revoked_at, token.revoked_by = timezone.now(), actor
    token.save(update_fields=["revoked_at", "revoked_by"])
    record("identity.apitoken.revoked", actor=actor, subject=token, detail={"user": token.user_id})
    return token


def api_token_used(*, token_id: int, address: str | None, now: datetime) -> None:
    """Note when and from where a token was last used; within a minute of the last note it is left."""
    due = Q(last_used_at=None) | Q(last_used_at__lte=now - USE_NOTED)
    ApiToken.objects.filter(due, pk=token_id).update(last_used_at=now, last_used_from=address)
