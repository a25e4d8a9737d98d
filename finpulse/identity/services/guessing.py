"""How long an account, or an address, is held after how many failures: told by rows, asked under a lock."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.db import connection
from django.db.models import Max, QuerySet

from finpulse.identity.models import SignInAttempt

Outcome, SCRIPT = SignInAttempt.Outcome, SignInAttempt.SCRIPT

WINDOW = timedelta(minutes=15)
REMEMBERED = timedelta(hours=24)
FAILURES_OF_ACCOUNT, FAILURES_OF_ADDRESS = 5, 30
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=1)
MOST_DOUBLINGS = 6
V6, V6_PREFIX = 6, 64


@dataclass(frozen=True)
class Source:
    """Whom one tries to be, and from where: `mark` "" and `address` None are not counted.

    Wrong tokens and wrong sign-ins of an address are counted apart: a script left running holds nobody's console.
    """

    mark: str
    address: str | None
    by_token: bool = False

    def lock(self) -> None:
        """Have whoever else tries as the same, or from the same place, wait for the end of this transaction."""
        keys = [f"sign-in as {self.mark}"] if self.mark else []
        what = "token" if self.by_token else "sign-in"
        keys += [f"{what} from {self._neighbours[0]}"] if self.address else []
        # In one order, so that two never wait for each other.
        numbers = sorted(int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], signed=True) for key in keys)
        with connection.cursor() as cursor:
            for number in numbers:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])

    def held_until(self, now: datetime) -> datetime | None:
        """Give until when one may not try, None when one may."""
        account = self._of_account(now).aggregate(until=Max("account_held_until"))["until"]
        address = self._of_address(now).aggregate(until=Max("address_held_until"))["until"]
        until: datetime | None = max(filter(None, (account, address)), default=None)
        return until if until is not None and until > now else None

    def holds(self, now: datetime) -> tuple[datetime | None, datetime | None]:
        """Give until when one more failure now holds account and address.

        A success ends an account's count; none ends an address's, where a guesser may have an account of his own.
        """
        account, address = self._of_account(now), self._of_address(now)
        strikes = account.filter(account_held_until__isnull=False).count()
        # Once held, an account is held again by each failure until somebody signs in or a day has passed.
        holds_account = self.mark and (strikes or _lately(account, now) + 1 >= FAILURES_OF_ACCOUNT)
        before = address.filter(address_held_until__isnull=False).count()
        holds_address = self.address and _lately(address, now) + 1 >= FAILURES_OF_ADDRESS
        return (
            now + _growing(strikes) if holds_account else None,
            now + _growing(before) if holds_address else None,
        )

    def held_before(self) -> QuerySet[SignInAttempt]:
        """Give the tries of the same, from there, that were refused unread."""
        held = SignInAttempt.objects.filter(mark=self.mark, outcome=Outcome.HELD)
        return held.filter(address__range=self._neighbours) if self.address else held.filter(address=None)

    def _of_account(self, now: datetime) -> QuerySet[SignInAttempt]:
        tries = SignInAttempt.objects.filter(mark=self.mark, at__gt=now - REMEMBERED)
        last = tries.filter(outcome=Outcome.SUCCEEDED).aggregate(at=Max("at"))["at"] if self.mark else None
        failed = tries.filter(outcome=Outcome.FAILED) if self.mark else tries.none()
        return failed.filter(at__gt=last) if last else failed

    def _of_address(self, now: datetime) -> QuerySet[SignInAttempt]:
        failed = SignInAttempt.objects.filter(outcome=Outcome.FAILED, at__gt=now - REMEMBERED)
        failed = failed.filter(method=SCRIPT) if self.by_token else failed.exclude(method=SCRIPT)
        return failed.filter(address__range=self._neighbours) if self.address else failed.none()

    @property
    def _neighbours(self) -> tuple[str, str]:
        """The first and the last address that whoever has this one has too: of IPv6 everybody has a /64."""
        address = ip_address(str(self.address))
        network = ip_network((address, V6_PREFIX if address.version == V6 else address.max_prefixlen), strict=False)
        return str(network[0]), str(network[-1])


def _lately(failed: QuerySet[SignInAttempt], now: datetime) -> int:
    return failed.filter(at__gt=now - WINDOW).count()


def _growing(strikes: int) -> timedelta:
    return min(SHORTEST * (1 << min(strikes, MOST_DOUBLINGS)), LONGEST)
