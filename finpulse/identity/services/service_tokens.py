"""Tokens of integrations: offered once two people have agreed, and made when who answers for it fetches it.

Between the two nobody signs in by it and nothing of it is secret: the secret is made, and shown, at the fetching.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from finpulse.audit.services import record
from finpulse.identity import policies
from finpulse.identity.models import ApiToken, User
from finpulse.identity.token_facts import ApiTokenMakeRefused, check_facts, check_room
from finpulse.identity.token_secret import new_secret
from finpulse.kernel.errors import DomainError

FETCHED_WITHIN = timedelta(days=7)


class ApiTokenFetchRefused(DomainError):
    """This token is not to be fetched, or not by this actor."""


@transaction.atomic
def api_token_offer(
    *, user: User, name: str, scopes: Collection[str], days: int, keeper: User | None, actor: User
) -> ApiToken:
    """Have a service token of `user` ready for `keeper`, who answers for it, to fetch within a week.

    Its days run from here.

    :raises InputError: for a name, scope or end that no token can have.
    :raises ApiTokenMakeRefused: when the user may have none, or none more, or the keeper may not answer for it.
    """
    check_facts(kind=ApiToken.Kind.SERVICE, name=name, scopes=scopes, days=days)
    # The lock is that of a change of roles too: who leaves keeps no token offered meanwhile.
    people = {keeper.pk if keeper else None, user.pk}
    locked = {row.pk: row for row in User.objects.select_for_update().filter(pk__in=people - {None}).order_by("pk")}
    owner, keeper = locked[user.pk], locked[keeper.pk] if keeper else None
    for verdict in (policies.may_bear_service_token(owner), policies.may_keep_service_token(keeper)):
        if not verdict:
            raise ApiTokenMakeRefused(verdict.reason)
    check_room(owner, name)
    now = timezone.now()
    facts = {"scopes": sorted(set(scopes)), "created_at": now, "expires_at": now + timedelta(days=days)}
    offer = {"keeper": keeper, "offered_until": now + FETCHED_WITHIN}
    token = ApiToken.objects.create(user=owner, name=name, kind=ApiToken.Kind.SERVICE, **facts, **offer)
    detail = {"user": owner.pk, "scopes": token.scopes, "keeper": token.keeper_id}
    record("identity.apitoken.offered", actor=actor, subject=token, detail=detail)
    return token


@transaction.atomic
def api_token_fetch(*, token_id: int, actor: User) -> tuple[ApiToken, str]:
    """Make the secret of a token that the actor answers for, and give its text: once, and to nobody else.

    :raises ApiTokenFetchRefused: with a sentence fit for the screen.
    """
    token = ApiToken.objects.select_for_update(of=("self",)).select_related("user").get(pk=token_id)
    verdict = policies.may_fetch_api_token(actor, token, now=timezone.now())
    if not verdict:
        raise ApiTokenFetchRefused(verdict.reason)
    secret = new_secret()
    token.prefix, token.digest, token.offered_until = secret.prefix, secret.digest, None
    token.save(update_fields=["prefix", "digest", "offered_until"])
    record("identity.apitoken.fetched", actor=actor, subject=token, detail={"user": token.user_id})
    return token, secret.text
