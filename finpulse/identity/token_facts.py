"""What a token may be asked to be: its name, scopes and end, and how many a user has."""

from __future__ import annotations

from collections.abc import Collection

from finpulse.identity.models import User
from finpulse.identity.models.api_token import LONGEST, ApiToken
from finpulse.kernel.api.scopes import known_scopes
from finpulse.kernel.errors import DomainError, InputError

MOST_TOKENS = 20


class ApiTokenMakeRefused(DomainError):
    """This actor may not have this token, or make it."""


def check_facts(*, kind: str, name: str, scopes: Collection[str], days: int) -> None:
    """Pass what a token of this kind can be. :raises InputError: for anything else, with the field's name."""
    if not name.strip():
        raise InputError("Name the token, so that you know it again.", field="name")
    if not scopes:
        raise InputError("Choose what the token is for.", field="scopes")
    if unknown := sorted(set(scopes) - known_scopes()):
        raise InputError(f"There is no scope {', '.join(unknown)}.", field="scopes")
    longest = LONGEST[kind].days
    if not 1 <= days <= longest:
        raise InputError(f"A {kind.lower()} token lasts from 1 to {longest} days.", field="days")


def check_room(owner: User, name: str) -> None:
    """Pass an owner, locked by the caller, who has no live token of the name and not too many. :raises: else."""
    live = ApiToken.objects.filter(user=owner, revoked_at=None)
    if live.filter(name=name).exists():
        raise ApiTokenMakeRefused(f"There is a token named {name}: revoke that first, or choose another name.")
    if live.count() >= MOST_TOKENS:
        raise ApiTokenMakeRefused(f"There are {MOST_TOKENS} tokens: revoke one that is no longer needed.")
