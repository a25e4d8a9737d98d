"""Tokens that are wrong: so many from an address, counted by rows. Of a right one nothing is asked here."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from finpulse.identity.models import SignInAttempt, User
from finpulse.identity.services.attempts import SignInHeld, attempt_held, attempt_record
from finpulse.identity.services.guessing import Source

FAILED, SCRIPT = SignInAttempt.Outcome.FAILED, SignInAttempt.SCRIPT


def attempt_by_token(*, cause: str, user: User | None, address: str | None, now: datetime) -> None:
    """Count a token that was wrong, and `user` as whose it was, where that is known. `cause` are words of ours.

    :raises SignInHeld: once its address has sent too many, until some time has passed; that is written down too.
    """
    if address is None:
        attempt_record(method=SCRIPT, outcome=FAILED, user=user, cause=cause, now=now)
        return
    source = Source("", address, by_token=True)
    attempt = SignInAttempt(at=now, user=user, address=address, method=SCRIPT, cause=cause)
    # Asked before the lock as well: whoever floods us while he is held has nobody wait.
    until = source.held_until(now) or _counted(source, attempt)
    if until is not None:
        attempt_held(attempt=attempt, source=source)
        raise SignInHeld(until - now)


@transaction.atomic
def _counted(source: Source, attempt: SignInAttempt) -> datetime | None:
    source.lock()
    until = source.held_until(attempt.at)
    if until is None:
        attempt.outcome = FAILED
        _, attempt.address_held_until = source.holds(attempt.at)
        attempt.save()
    return until
