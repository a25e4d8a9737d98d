"""Text from outside, and whether a column takes it."""

from __future__ import annotations

from typing import TypeGuard

MOST_LETTERS = 200


def is_text(value: object, most: int = MOST_LETTERS) -> TypeGuard[str]:
    """Tell whether this is text of at most so many letters that PostgreSQL keeps: no NUL, no half of a pair."""
    if not isinstance(value, str) or len(value) > most or "\0" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
