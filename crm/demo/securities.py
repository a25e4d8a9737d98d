"""Invented securities: an ISIN of a country that is none (QZ is nobody's by ISO 3166), with a right check digit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import sin
from typing import NamedTuple

_WAVE_DAYS, _SWING = 45, 0.08
_PLACES = {"JPY": 0, "KWD": 3}
_UNITS_OF_FUNDS = 4


class Security(NamedTuple):
    """A security by name, priced around `about`; of funds there are fractions."""

    isin: str
    name: str
    currency: str
    about: float
    fraction_places: int

    def price(self, day: date) -> Decimal:
        """Give the price of one on a day."""
        swing = 1 + _SWING * sin(day.toordinal() / _WAVE_DAYS + int(self.isin[6:11]))
        places = _PLACES.get(self.currency, 2)
        return Decimal(max(1, round(self.about * swing * 10**places))).scaleb(-places)


def isin(body: str) -> str:
    """Add the check digit to the first eleven characters (ISO 6166: letters count from A = 10, Luhn from the right)."""
    digits = "".join(str(int(letter, 36)) for letter in body)
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return f"{body}{-sum(each // 10 + each % 10 for each in doubled) % 10}"


_FUNDS = (
    ("Demo Balanced Fund", "CZK", 1.42), ("Demo Balanced Fund EUR", "EUR", 14.6),
    ("Demo Government Bond Fund", "CZK", 1.17), ("Demo Global Equity Fund", "EUR", 52.3),
    ("Demo Dollar Liquidity Fund", "USD", 101.4), ("Demo Tokyo Index Fund", "JPY", 12_400),
    ("Demo Gulf Equity Fund", "KWD", 3.215),
)  # fmt: skip
_SHARES = (
    ("Made-up Waterworks a.s.", "CZK", 412), ("Fictional Brewery a.s.", "CZK", 96.5),
    ("Nowhere Power a.s.", "CZK", 905),
    ("Invented Glassworks a.s.", "CZK", 61.2), ("Imaginary Railways 4.10/31", "CZK", 102.3),
    ("Demo Republic 3.25/34", "CZK", 94.8), ("Pretend Motor SE", "EUR", 68.4), ("Phantom Chemie AG", "EUR", 41.7),
    ("Demo Republic 2.80/33 EUR", "EUR", 98.1), ("Fabled Software Inc.", "USD", 214),
    ("Mythical Foods Inc.", "USD", 57.9),
    ("Storybook Robotics K.K.", "JPY", 3_150), ("Paper Crane Electric K.K.", "JPY", 1_870),
    ("Mirage Logistics KSC", "KWD", 0.684), ("Dune Telecom KSC", "KWD", 1.912),
    ("Unwritten Insurance plc", "GBP", 5.42), ("Legend Watches AG", "CHF", 133),
)  # fmt: skip


def _listed() -> tuple[Security, ...]:
    each = [(*fund, _UNITS_OF_FUNDS) for fund in _FUNDS] + [(*share, 0) for share in _SHARES]
    return tuple(
        Security(isin(f"QZDEMO{number:05d}"), name, currency, about, places)
        for number, (name, currency, about, places) in enumerate(each, start=1)
    )


SECURITIES = _listed()
BY_NAME = {security.name: security for security in SECURITIES}
SHARES = SECURITIES[len(_FUNDS) :]
SHARES_IN = {
    currency: tuple(share for share in SHARES if share.currency == currency)
    for currency in {share.currency for share in SHARES}
}
