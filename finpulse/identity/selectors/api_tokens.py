"""API tokens: whose one is, and which somebody may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from finpulse.identity.models import ApiToken, User
from finpulse.identity.token_secret import PREFIX_LETTERS

_FACTS = ("id", "scopes", "expires_at", "revoked_at", "last_used_at")


@dataclass(frozen=True)
class Bearer:
    """A user, with his access, and the token that he was found by."""

    user: User
    id: int
    scopes: frozenset[str]
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


def bearer_of(digest: str) -> Bearer | None:
    """Give who bears the token of this digest, in one query, whether or not it may still be used."""
    facts: dict[str, Any] = {f"token_{name}": F(f"api_tokens__{name}") for name in _FACTS}
    found = User.objects.with_access().select_related("unit").filter(api_tokens__digest=digest).annotate(**facts)
    user: Any = found.first()
    if user is None:
        return None
    given = {name: getattr(user, f"token_{name}") for name in _FACTS}
    return Bearer(user, **given | {"scopes": frozenset(given["scopes"])})


def user_of_subject(issuer: str, subject: str) -> User | None:
    """Give whom the identity provider knows by this subject, in one query, whether or not he still works here."""
    known = User.objects.with_access().select_related("unit").filter(oidc_issuer=issuer, oidc_subject=subject)
    # Nobody is known by nothing, and no column holds a NUL.
    user: User | None = known.first() if subject and "\0" not in subject else None
    return user


def api_tokens_seen_by(user: User) -> QuerySet[ApiToken]:
    """Give a user's own tokens and those he answers for, to system administrators everybody's."""
    rows: QuerySet[ApiToken] = ApiToken.objects.select_related("user")
    return rows if user.has_perm("identity.view_apitoken") else rows.filter(Q(user=user) | Q(keeper=user))


def api_tokens_matching(rows: QuerySet[ApiToken], text: str) -> QuerySet[ApiToken]:
    """Narrow to the token that begins so ("fp_" and its eight letters), or to those of the user of this name.

    The user is resolved first: a related column inside the OR would cost the indexes.
    """
    text = text.strip()
    if not text:
        return rows
    users = list(User.objects.filter(username=text).values_list("pk", flat=True))
    return rows.filter(Q(prefix=text.removeprefix("fp_")[:PREFIX_LETTERS]) | Q(user__in=users))


def api_tokens_offered_to(user: User) -> QuerySet[ApiToken]:
    """Give the service tokens that wait for the user to fetch them, the oldest first."""
    rows = ApiToken.objects.filter(keeper=user, digest=None, revoked_at=None, offered_until__gt=timezone.now())
    return rows.select_related("user").order_by("id")


def own_api_tokens(user: User) -> QuerySet[ApiToken]:
    """Give a user's own tokens, and those of integrations that he answers for, which were not revoked; newest first."""
    kept = Q(keeper=user, digest__isnull=False)
    return ApiToken.objects.filter(Q(user=user) | kept, revoked_at=None).select_related("user").order_by("-id")


def api_tokens_kept_by(user: User) -> QuerySet[ApiToken]:
    """Give the live tokens of integrations that end with a user, who answers for them."""
    return ApiToken.objects.filter(keeper=user, revoked_at=None).select_related("user").order_by("id")
