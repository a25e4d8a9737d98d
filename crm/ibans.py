"""International bank account numbers (ISO 13616)."""

from __future__ import annotations

import re

# In one or in groups of four, the last one shorter.
IBAN_LIKE = re.compile(r"\b[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,4})?)\b")
IBAN_FORM = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)
_REMAINDER = 1


def bare_iban(text: str) -> str:
    """Give the number without the blanks it is grouped by."""
    return text.replace(" ", "")


def is_iban(text: str) -> bool:
    """Tell whether the text, blanks aside, has an IBAN's form and check digits (ISO 7064, mod 97-10)."""
    bare = bare_iban(text)
    if not IBAN_FORM.fullmatch(bare):
        return False
    return int("".join(str(int(letter, 36)) for letter in bare[4:] + bare[:4])) % 97 == _REMAINDER
