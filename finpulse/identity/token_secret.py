"""The secret of an API token: fp_<prefix>_<secret><checksum>.

The form is one that secret scanners can look for (`fp_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}`) and prove by its checksum, so
that a token left in a repository is found, and one cut off or mistyped is refused without asking the database.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import string
import zlib
from dataclasses import dataclass

ALPHABET = string.digits + string.ascii_letters
# 43 letters of 62 are 256 bits.
PREFIX_LETTERS, SECRET_LETTERS, CHECKSUM_LETTERS = 8, 43, 6
_FORM = re.compile(rf"fp_[0-9A-Za-z]{{{PREFIX_LETTERS}}}_[0-9A-Za-z]{{{SECRET_LETTERS + CHECKSUM_LETTERS}}}")


@dataclass(frozen=True)
class TokenSecret:
    """A token as its owner keeps it (`text`), and what is kept of it here: its `prefix` to know it by, its digest."""

    text: str
    prefix: str
    digest: str

    def __repr__(self) -> str:
        return f"TokenSecret({self.prefix})"


def new_secret() -> TokenSecret:
    """Make one."""
    prefix, secret = (_letters(count) for count in (PREFIX_LETTERS, SECRET_LETTERS))
    body = f"fp_{prefix}_{secret}"
    text = body + _checksum(body)
    return TokenSecret(text, prefix, _digest(text))


def digest_of(text: str) -> str:
    """Give the SHA-256 of a token as hexadecimal digits, "" for what is no token of ours."""
    body = text[:-CHECKSUM_LETTERS]
    return _digest(text) if _FORM.fullmatch(text) and text == body + _checksum(body) else ""


def _letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _checksum(body: str) -> str:
    number, letters = zlib.crc32(body.encode()), ""
    for _ in range(CHECKSUM_LETTERS):
        number, place = divmod(number, len(ALPHABET))
        letters = ALPHABET[place] + letters
    return letters
