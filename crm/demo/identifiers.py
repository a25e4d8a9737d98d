"""Numbers of the right form that belong to nobody: each follows from a running number, so none comes twice."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from operator import mul

# No bank has this code in the Czech National Bank's list.
BANK_CODE = "9999"
_DEMO = uuid.uuid5(uuid.NAMESPACE_URL, "https://finpulse.example/demo")
_COUNTRY_DIGITS = "123500"  # "CZ" and two zeros, letters counted from A = 10 (ISO 13616)
_ACCOUNT_WEIGHTS = (6, 3, 7, 9, 10, 5, 8, 4, 2)
_REGISTRATION_WEIGHTS = (8, 7, 6, 5, 4, 3, 2)
_TEN_DIGITS_SINCE = 1954
_WOMAN = 50
_SERIALS = 500
_SPREAD = 7_368_787  # a prime: neighbours in number lie far apart in age and on the registers


def customer_uid(customer_no: str) -> uuid.UUID:
    """Give the uid that a demo customer's encrypted identifiers are bound to."""
    return uuid.uuid5(_DEMO, customer_no)


def birth_and_serial(number: int, *, seed: int, youngest: date, days: int) -> tuple[date, int]:
    """Give a birth date within `days` before `youngest`, and a serial below 500 that nobody born that day shares."""
    slot = (number * _SPREAD + seed * 7919) % (days * _SERIALS)
    day, serial = divmod(slot, _SERIALS)
    return youngest - timedelta(days=day), serial


def national_id(birth_on: date, serial: int, *, woman: bool) -> str:
    """Give a Czech birth number: YYMMDD/SSSC, a woman's month plus 50, divisible by 11 since 1954, without C before."""
    month = birth_on.month + (_WOMAN if woman else 0)
    head = f"{birth_on.year % 100:02d}{month:02d}{birth_on.day:02d}"
    if birth_on.year < _TEN_DIGITS_SINCE:
        return f"{head}/{serial:03d}"
    # Of two neighbours at most one leaves the remainder 10, which no digit mends.
    for tail in (2 * serial, 2 * serial + 1):
        check = int(f"{head}{tail:03d}") % 11
        if check < 10:  # noqa: PLR2004
            break
    return f"{head}/{tail:03d}{check}"


def registration_no(number: int) -> str:
    """Give a Czech company number: seven digits and a check digit by weights 8 to 2 modulo 11."""
    base = f"{(number * _SPREAD) % 10_000_000:07d}"
    return f"{base}{(11 - _weighted(_REGISTRATION_WEIGHTS, base) % 11) % 10}"


def iban(number: int) -> str:
    """Give a Czech IBAN whose account number passes its own check modulo 11 (decree 169/2011)."""
    for base in (f"{2 * number:09d}", f"{2 * number + 1:09d}"):
        check = -_weighted(_ACCOUNT_WEIGHTS, base) % 11
        if check < 10:  # noqa: PLR2004
            break
    basic = f"{BANK_CODE}000000{base}{check}"
    return f"CZ{98 - int(basic + _COUNTRY_DIGITS) % 97:02d}{basic}"


def _weighted(weights: tuple[int, ...], digits: str) -> int:
    return sum(map(mul, weights, map(int, digits)))
