"""A full card number is never kept, wherever it is typed."""

from __future__ import annotations

import re

_CANDIDATE = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")


def find_card_number(text: str) -> bool:
    """Tell whether the text holds 13 to 19 digits (blanks and dashes between them allowed) that pass the Luhn check."""
    return any(passes_luhn(re.sub(r"\D", "", match.group())) for match in _CANDIDATE.finditer(text))


def passes_luhn(number: str) -> bool:
    """Check the last digit by ISO/IEC 7812-1, annex B: every second digit from the right doubled, digits summed, mod 10."""
    total = 0
    for place, letter in enumerate(reversed(number)):
        digit = int(letter) * (2 if place % 2 else 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0
