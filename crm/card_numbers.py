"""A full card number is never kept, wherever it is typed."""

from __future__ import annotations

import re

from crm.ibans import IBAN_LIKE, is_iban

SHORTEST, LONGEST = 13, 19
# Digits with at most two blanks, dashes, dots or the like between them, as people group a number.
_RUN = re.compile(r"\d(?:[\s._\-\u2010-\u2015]{0,2}\d){12,}")
_PHONE = re.compile(r"\+[1-9](?:[ \-]?\d){6,14}(?![ \-]?\d)")


def find_card_number(text: str) -> bool:
    """Tell whether the text holds 13 to 19 digits that pass the Luhn check, written in one or in groups.

    Passed over are IBANs, numbers with a plus before them (telephones), numbers that begin with zero (no card does) and
    digits inside a longer unbroken number.
    """
    if sum(map(str.isdigit, text)) < SHORTEST:
        return False
    text = _PHONE.sub("+", IBAN_LIKE.sub(_without_iban, text))
    return any(_holds_card(re.findall(r"\d+", run.group())) for run in _RUN.finditer(text))


def passes_luhn(number: str) -> bool:
    """Check the last digit (ISO/IEC 7812-1): every second digit from the right doubled, digits summed, mod 10."""
    total = 0
    for place, letter in enumerate(reversed(number)):
        digit = int(letter) * (2 if place % 2 else 1)
        total += sum(divmod(digit, 10))
    return total % 10 == 0


def _holds_card(groups: list[str]) -> bool:
    """Look at every row of whole groups: an amount or a date before the number must not hide it."""
    for start in range(len(groups)):
        number = ""
        for group in groups[start:]:
            number += group
            if len(number) > LONGEST:
                break
            if len(number) >= SHORTEST and number[0] != "0" and passes_luhn(number):
                return True
    return False


def _without_iban(match: re.Match[str]) -> str:
    return "" if is_iban(match.group()) else match.group()
