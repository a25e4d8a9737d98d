"""From the text of a cell to a value. A parser gets text that is not empty and raises CellRefused with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from crm.card_numbers import SHORTEST, find_card_number
from crm.feed.codes import COUNTRIES, CURRENCIES
from crm.feed.refusals import CellRefused
from crm.ibans import IBAN_FORM, bare_iban

Parser = Callable[[str], Any]

LONGEST_EMAIL, LONGEST_LANGUAGE = 254, 35
LARGEST_WHOLE = 2_147_483_647
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_WHOLE = re.compile(r"[0-9]{1,10}")
_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")
# What validate_email takes too, after a longer look.
_USUAL_EMAIL = re.compile(
    r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def text(longest: int) -> Parser:
    """Words of at most so many characters, without a full card number in them."""

    def parse(cell: str) -> str:
        if len(cell) > longest:
            raise CellRefused(f"is longer than {longest} characters")
        if len(cell) >= SHORTEST and find_card_number(cell):
            raise CellRefused("is or holds a full card number, which is never kept")
        return cell

    return parse


def lines(longest: int) -> Parser:
    """Words that may stand on several lines; they are kept on one."""
    parse_text = text(longest)
    return lambda cell: parse_text(", ".join(line.strip(" ,") for line in cell.splitlines()))


def identifier(longest: int) -> Parser:
    """A number given by an authority. Not looked at for card numbers: several countries' own pass the same check."""

    def parse(cell: str) -> str:
        if len(cell) > longest:
            raise CellRefused(f"is longer than {longest} characters")
        if not any(map(str.isalnum, cell)):
            raise CellRefused("has neither letters nor digits")
        return cell

    return parse


def choice(values: Iterable[str]) -> Parser:
    """One of these, in capitals."""
    known = {str(value) for value in values}
    listed = ", ".join(str(value) for value in values)

    def parse(cell: str) -> str:
        if cell not in known:
            raise CellRefused(f"is not one of {listed}")
        return cell

    return parse


def flag(cell: str) -> bool:
    """Read true or false."""
    if cell not in ("true", "false"):
        raise CellRefused("is not true or false")
    return cell == "true"


@lru_cache(maxsize=40_000)
def day(cell: str) -> date:
    """Read an ISO 8601 date."""
    if not _DAY.fullmatch(cell):
        raise CellRefused("is not a date as 2026-11-23")
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise CellRefused("is not a day of the calendar") from error


def decimal(digits: int, places: int) -> Parser:
    """Read a decimal with a point: no comma, exponent, NaN or infinity, and no digit that the column could not keep."""
    fits = re.compile(rf"-?0*[0-9]{{1,{digits - places}}}(?:\.[0-9]{{1,{places}}}0*)?").fullmatch

    def parse(cell: str) -> Decimal:
        if fits(cell):
            return Decimal(cell)
        if not DECIMAL.fullmatch(cell):
            raise CellRefused("is not a plain decimal number with a point")
        if len(cell.partition(".")[2].rstrip("0")) > places:
            raise CellRefused(f"has more than {places} decimal places")
        raise CellRefused(f"has more than {digits - places} digits before the point")

    return parse


def fraction(low: int, high: int, meaning: str) -> Parser:
    """Read a fraction with up to six places within these bounds."""
    parse_decimal = decimal(9, 6)

    def parse(cell: str) -> Decimal:
        value: Decimal = parse_decimal(cell)
        if not low <= value <= high:
            raise CellRefused(f"is not between {low} and {high}: {meaning}")
        return value

    return parse


def whole(low: int, high: int = LARGEST_WHOLE) -> Parser:
    """Read a whole number within these bounds."""

    def parse(cell: str) -> int:
        if not _WHOLE.fullmatch(cell) or not low <= int(cell) <= high:
            raise CellRefused(f"is not a whole number from {low} to {high}")
        return int(cell)

    return parse


def country(cell: str) -> str:
    """Read an ISO 3166 alpha-2 code."""
    if cell not in COUNTRIES:
        raise CellRefused("is not a country's code of ISO 3166 (two capitals)")
    return cell


def currency(cell: str) -> str:
    """Read an ISO 4217 code."""
    if cell not in CURRENCIES:
        raise CellRefused("is not a currency's code of ISO 4217 (three capitals)")
    return cell


def phone(cell: str) -> str:
    """Read a telephone number by E.164."""
    if not _E164.fullmatch(cell):
        raise CellRefused("is not a telephone number as +420602118204")
    return cell


def email(cell: str) -> str:
    """Read an e-mail address."""
    if len(cell) <= LONGEST_EMAIL and _USUAL_EMAIL.fullmatch(cell):
        return cell
    try:
        validate_email(cell)
    except ValidationError as error:
        raise CellRefused("is not an e-mail address") from error
    if len(cell) > LONGEST_EMAIL:
        raise CellRefused(f"is longer than {LONGEST_EMAIL} characters")
    return cell


def language(cell: str) -> str:
    """Read a BCP 47 tag."""
    if len(cell) > LONGEST_LANGUAGE or not _LANGUAGE.fullmatch(cell):
        raise CellRefused("is not a language's tag of BCP 47, as cs or en-GB")
    return cell


def isin(cell: str) -> str:
    """Read a security's number by ISO 6166, its check digit included."""
    if not _ISIN.fullmatch(cell):
        raise CellRefused("is not an ISIN: two letters, nine letters or digits, one digit")
    digits = "".join(str(int(letter, 36)) for letter in cell)
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    if sum(value // 10 + value % 10 for value in doubled) % 10:
        raise CellRefused("is not an ISIN: its check digit is wrong")
    return cell


def above_zero(parse: Parser) -> Parser:
    """Read what must be more than nothing."""

    def parse_above_zero(cell: str) -> Any:
        value = parse(cell)
        if value <= 0:
            raise CellRefused("is not above zero")
        return value

    return parse_above_zero


def iban(cell: str) -> str:
    """Read what has an IBAN's form; blanks are left out. Check digits are the core's own affair."""
    bare = bare_iban(cell)
    if not IBAN_FORM.fullmatch(bare):
        raise CellRefused("is not an IBAN: two letters, two digits, 11 to 30 letters and digits")
    return bare
