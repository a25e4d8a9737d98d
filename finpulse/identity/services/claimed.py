"""What the identity provider vouches for about a person, read from claims that may be anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from finpulse.identity.claim_text import MOST_LETTERS, is_text
from finpulse.identity.models import User
from finpulse.kernel.errors import DomainError

MOST_ROLES = 500


class ClaimsReadRefused(DomainError):
    """The provider's words cannot be kept as they are."""


@dataclass(frozen=True)
class Claimed:
    """A person in the provider's words. Empty text is what it does not say; `roles` are its names, not yet ours."""

    subject: str
    username: str
    given_name: str
    family_name: str
    email: str
    roles: frozenset[str]
    unit: str


def claims_read(claims: dict[str, Any]) -> Claimed:
    """Give the claims as facts that fit their columns; a name, e-mail address or unit that does not is left out.

    :raises ClaimsReadRefused: when it is not clear who signs in, or as what.
    """
    subject = _text(claims, "sub", column="oidc_subject")
    if not subject:
        raise ClaimsReadRefused(_sentence("sub"))
    return Claimed(
        subject=subject,
        username=_text(claims, "preferred_username", UnicodeUsernameValidator(), column="username") or subject,
        given_name=_text_or_none(claims, "given_name", column="first_name"),
        family_name=_text_or_none(claims, "family_name", column="last_name"),
        email=_text_or_none(claims, "email", EmailValidator(), column="email"),
        roles=_names(claims, settings.OIDC_ROLE_CLAIM),
        unit=_text_or_none(claims, settings.OIDC_UNIT_CLAIM),
    )


def _text(claims: dict[str, Any], name: str, *validators: Any, column: str = "") -> str:
    value = claims.get(name)
    if value is None:
        return ""
    field: Any = User._meta.get_field(column) if column else None
    if not is_text(value, field.max_length if field else MOST_LETTERS):
        raise ClaimsReadRefused(_sentence(name))
    try:
        for validator in validators if value else ():
            validator(value)
    except ValidationError as error:
        raise ClaimsReadRefused(_sentence(name)) from error
    return value


def _text_or_none(claims: dict[str, Any], name: str, *validators: Any, column: str = "") -> str:
    try:
        return _text(claims, name, *validators, column=column)
    except ClaimsReadRefused:
        return ""


def _names(claims: dict[str, Any], name: str) -> frozenset[str]:
    value = claims.get(name) or []
    values = value if isinstance(value, list) else [value]
    if len(values) > MOST_ROLES or not all(isinstance(one, str) for one in values):
        raise ClaimsReadRefused(_sentence(name))
    # What no column takes is no line's value either.
    return frozenset(one for one in values if one and is_text(one))


def _sentence(name: str) -> str:
    return f"What the identity provider says of you cannot be read: {name}. Ask who keeps your account there."
