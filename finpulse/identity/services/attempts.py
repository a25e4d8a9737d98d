"""Trying to sign in: counted before anything is compared, so that no two workers let more through than one."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from finpulse.audit.services import record
from finpulse.identity.models import SignInAttempt, User
from finpulse.identity.models.sign_in_attempt import CAUSE_LETTERS
from finpulse.identity.services.guessing import LONGEST, Source
from finpulse.kernel.encryption import blind_index
from finpulse.kernel.errors import DomainError

Outcome = SignInAttempt.Outcome

COLUMN = "identity.sign_in_name"
TOLD_EVERY = timedelta(minutes=1)


class SignInHeld(DomainError):
    """Too many failures: nothing is compared until some time has passed. It says the same of names nobody has."""

    status = 429
    title = "Too many attempts"

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        minutes = -(-int(wait.total_seconds()) // 60)
        super().__init__(
            f"There were too many attempts to sign in. Try again in {minutes} minute{'' if minutes == 1 else 's'}."
        )


def name_mark(name: str) -> str:
    """Give what recognises a name that was typed: keyed, and the same for "Alice" and " alice"."""
    plain = unicodedata.normalize("NFKC", name).casefold().strip()
    return blind_index(plain.encode().hex(), column=COLUMN)


def attempt_begin(*, method: str, name: str, address: str | None, now: datetime) -> SignInAttempt:
    """Count a try as failed before it is made; whoever finds it right settles it.

    :raises SignInHeld: while account or address is held; that is written down too.
    """
    source = Source(name_mark(name), address)
    user = User.objects.filter(username=name).first()
    with transaction.atomic():
        source.lock()
        until = source.held_until(now)
        attempt = SignInAttempt(at=now, user=user, mark=source.mark, address=address, method=method)
        if until is None:
            attempt.outcome = Outcome.FAILED
            attempt.account_held_until, attempt.address_held_until = source.holds(now)
            attempt.save()
        else:
            attempt_held(attempt=attempt, source=source)
    if until is not None:
        raise SignInHeld(until - now)
    return attempt


@transaction.atomic
def attempt_held(*, attempt: SignInAttempt, source: Source) -> None:
    """Write it down once a minute, and in the trail once an hour: whoever goes on guessing does not fill either."""
    now, last = attempt.at, source.held_before().aggregate(at=Max("at"))["at"]
    if last is None or last <= now - TOLD_EVERY:
        attempt.outcome = Outcome.HELD
        attempt.save()
    if last is None or last <= now - LONGEST:
        # Of a token it is the address that is held, never the account whose it was.
        held = None if source.by_token else attempt.user
        record("identity.user.sign_in_held", actor=None, subject=held, detail={"attempt": attempt.pk})


@transaction.atomic
def attempt_settle(*, attempt: SignInAttempt, outcome: str, user: User, cause: str = "") -> None:
    """Say what became of a try whose name and secret were right; it holds nobody then."""
    facts = {"outcome": outcome, "user": user, "cause": cause}
    SignInAttempt.objects.filter(pk=attempt.pk).update(account_held_until=None, address_held_until=None, **facts)


def attempt_record(
    *,
    method: str,
    outcome: str,
    now: datetime,
    user: User | None = None,
    name: str = "",
    address: str | None = None,
    cause: str = "",
) -> SignInAttempt:
    """Write down a try that somebody else has judged, such as the identity provider. `cause` are words of ours.

    What fails alike from the same address is written once a minute: it takes no account to make it fail.
    """
    facts = {"user": user, "mark": name_mark(name) if name else "", "address": address, "method": method}
    facts |= {"outcome": outcome, "cause": cause[:CAUSE_LETTERS]}
    lately = SignInAttempt.objects.filter(at__gt=now - TOLD_EVERY, at__lte=now, **facts).first()
    if lately is not None and outcome != Outcome.SUCCEEDED:
        return lately
    return SignInAttempt.objects.create(at=now, **facts)
