"""One JSON object of a document, read field by field; whatever cannot be right is refused with a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime

_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_SIX_PLACES = Decimal("0.000001")
_CENTS = Decimal("0.01")
MOST_MONEY = Decimal(10) ** 15
LONGEST_TEXT = 20_000
MOST_PARTS = 5_000


class ProductRefused(Exception):
    """A document cannot be right; its text is the reason, fit for a list of refused files."""


class Document:
    """A JSON object; `where` names it in a refusal ("depositRates 3")."""

    def __init__(self, raw: Any, where: str = "") -> None:
        if not isinstance(raw, dict):
            raise ProductRefused(f"{where or 'the product'} is not an object")
        self.raw: dict[str, Any] = raw
        self.where = where

    def refuse(self, key: str, why: str) -> ProductRefused:
        """Give the refusal of one field."""
        return ProductRefused(f"{self.where}: {key} {why}" if self.where else f"{key} {why}")

    def text(self, key: str, *, longest: int = LONGEST_TEXT) -> str:
        """Give a text without blanks around it, "" where there is none."""
        value = self.raw.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.refuse(key, "is not text")
        value = value.strip()
        if len(value) > longest:
            raise self.refuse(key, f"is longer than {longest} characters")
        if "\x00" in value or not _is_unicode(value):
            raise self.refuse(key, "holds a character that no text has")
        return value

    def required(self, key: str, *, longest: int = LONGEST_TEXT) -> str:
        """Give a text that must be there."""
        value = self.text(key, longest=longest)
        if not value:
            raise self.refuse(key, "is missing")
        return value

    def web_address(self, key: str) -> str:
        """Give an http or https address, "" where there is none."""
        value = self.text(key, longest=1000)
        if value and not re.match(r"https?://[^\s]+$", value):
            raise self.refuse(key, f"{value[:60]!r} is no web address")
        return value

    def flag(self, key: str) -> bool:
        """Give true or false; false where there is none."""
        value = self.raw.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.refuse(key, "is neither true nor false")
        return bool(value)

    def moment(self, key: str) -> datetime | None:
        """Give a date and time in UTC; a date alone means its first moment."""
        value = self.text(key, longest=60)
        if not value:
            return None
        try:
            found: datetime | date | None = parse_datetime(value) or parse_date(value)
        except ValueError:
            found = None
        if found is None:
            raise self.refuse(key, f"{value!r} is no date")
        moment = found if isinstance(found, datetime) else datetime.combine(found, time.min)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def number(self, key: str) -> Decimal | None:
        """Give a number written as text or as a JSON number, None where there is none."""
        value = self.raw.get(key)
        if value is None or value == "":
            return None
        if (
            not isinstance(value, bool)
            and isinstance(value, str | int | Decimal)
            and (found := as_number(str(value))) is not None
        ):
            return found
        raise self.refuse(key, f"{str(value)[:40]!r} is not a number")

    def fraction(self, key: str) -> Decimal | None:
        """Give a fraction per year, rounded to six places. :raises ProductRefused: above 1, as a per cent would be."""
        value = self.number(key)
        if value is None:
            return None
        if abs(value) > 1:
            raise self.refuse(key, f"{value:f} is above 1: a rate is a fraction, 0.0345 for 3.45 %")
        return value.quantize(_SIX_PLACES, rounding=ROUND_HALF_UP)

    def money(self, key: str) -> Decimal | None:
        """Give an amount that is not negative, rounded to cents."""
        value = self.number(key)
        if value is None:
            return None
        if not 0 <= value < MOST_MONEY:
            raise self.refuse(key, f"{value:f} is no amount")
        return value.quantize(_CENTS, rounding=ROUND_HALF_UP)

    def parts(self, key: str) -> Iterator[Document]:
        """Give the objects of a list, numbered from 1 in refusals."""
        value = self.raw.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            raise self.refuse(key, "is not a list")
        if len(value) > MOST_PARTS:
            raise self.refuse(key, f"has more than {MOST_PARTS} entries")
        for number, part in enumerate(value, start=1):
            yield Document(part, f"{self.where} {key} {number}".strip())


def as_number(text: str) -> Decimal | None:
    """Give the number of "5000.00" or "50,000", None for anything that is not wholly a number."""
    text = text.strip()
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
