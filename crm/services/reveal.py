"""Showing an identifier whole, for a reason and for a few minutes, not too often, and never unnoticed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from crm import policies
from crm.masking import UnreadableIdentifier, opened_identifier
from crm.models import Customer, IdentifierReveal
from crm.selectors.reveals import reveals_running
from crm.services.texts import checked_text
from finpulse.audit.services import record
from finpulse.identity.models import User
from finpulse.kernel.errors import DomainError, InputError

SHOWN_FOR = timedelta(minutes=5)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SHORTEST_REASON, LONGEST_REASON = 10, 300


class IdentifierRevealRefused(DomainError):
    """The actor may not have this identifier shown, or not that often, or nobody can read it."""


@transaction.atomic
def identifier_reveal(
    *, customer_id: int, identifier: str, reason: str, actor: User, now: datetime
) -> IdentifierReveal:
    """Have an identifier shown to the actor for five minutes. While it is shown, asking again is no further reveal.

    One at a time for each person: of two that come together at the limit one passes.

    :raises IdentifierRevealRefused: when the actor may not, has reached a limit, or the value cannot be read.
    :raises InputError: for a reason too short or too long or with a full card number in it, an unknown identifier.
    """
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    customer: Customer = Customer.objects.select_for_update(no_key=True, of=("self",)).get(pk=customer_id)
    verdict = policies.may_reveal(actor, customer)
    if not verdict:
        raise IdentifierRevealRefused(verdict.reason)
    if identifier not in IdentifierReveal.Identifier.values:
        raise InputError("Choose what is to be shown.", field="identifier")
    running: IdentifierReveal | None = reveals_running(customer, actor, now).filter(identifier=identifier).first()
    if running is not None:
        return running
    reason = _checked_reason(reason)
    _check_readable(customer, identifier)
    reveal = IdentifierReveal.objects.create(
        customer=customer,
        identifier=identifier,
        user=actor,
        reason=reason,
        revealed_at=now,
        until_at=now + SHOWN_FOR,
        is_bulk=_is_bulk(actor, now, _checked_count(actor, now) + 1),
    )
    detail = {"identifier": identifier, "reveal": reveal.pk, "bulk": reveal.is_bulk}
    record("crm.customer.revealed", actor=actor, subject=customer, reason=reason, detail=detail)
    return reveal


def _checked_reason(reason: str) -> str:
    reason = checked_text(reason, field="reason", longest=LONGEST_REASON)
    if len(reason) < SHORTEST_REASON:
        raise InputError(f"Say why in at least {SHORTEST_REASON} letters: compliance reads it.", field="reason")
    return reason


def _check_readable(customer: Customer, identifier: str) -> None:
    try:
        plain = opened_identifier(customer, identifier.lower())
    except UnreadableIdentifier as error:
        raise IdentifierRevealRefused(str(error)) from error
    if not plain:
        raise IdentifierRevealRefused("FinPulse has no such identifier of this customer.")


def _checked_count(actor: User, now: datetime) -> int:
    """Give how many there were within the hour. :raises IdentifierRevealRefused: when no more are allowed."""
    own = IdentifierReveal.objects.filter(user=actor)
    in_hour, in_day = (own.filter(revealed_at__gt=now - span).count() for span in (HOUR, DAY))
    for count, most, span in (
        (in_hour, settings.REVEALS_PER_HOUR, "an hour"),
        (in_day, settings.REVEALS_PER_DAY, "a day"),
    ):
        if count >= most:
            raise IdentifierRevealRefused(
                f"You have had {count} identifiers shown within {span}, which is the most. "
                "Wait, or ask compliance if your work needs more."
            )
    return in_hour


def _is_bulk(actor: User, now: datetime, in_hour: int) -> bool:
    """Tell whether compliance is to hear of it: once an hour for each person who comes to so many."""
    told = IdentifierReveal.objects.filter(user=actor, is_bulk=True, revealed_at__gt=now - HOUR)
    return in_hour >= settings.REVEALS_ALARM and not told.exists()
