"""The keys of the seals, which live outside the database."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SHORTEST = 32
ONLY_KEY = "1"


def active_key() -> tuple[str, bytes]:
    """Give the id and the bytes of the key that seals: the first."""
    return next(iter(_keys(settings.AUDIT_SEAL_KEY).items()))


def key_of(key_id: str) -> bytes | None:
    """Give the key of this id, or None when it is not configured."""
    return _keys(settings.AUDIT_SEAL_KEY).get(key_id)


@lru_cache(maxsize=8)
def _keys(text: str) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for entry in filter(None, map(str.strip, text.split(","))):
        before, colon, after = entry.partition(":")
        key_id, key = (before, after) if colon else (ONLY_KEY, before)
        if len(key) < SHORTEST or not key_id or key_id in keys:
            raise ImproperlyConfigured(
                f"AUDIT_SEAL_KEY takes one key of at least {SHORTEST} characters, or id:key pairs with an id each."
            )
        keys[key_id] = key.encode()
    if not keys:
        raise ImproperlyConfigured("AUDIT_SEAL_KEY is empty.")
    return keys
