"""The keys: FIELD_ENCRYPTION_KEYS lists "kid:base64 of 32 bytes", the active one first, older ones kept for reading."""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


def active_kid() -> str:
    """Give the id of the key that new values are written with."""
    return next(iter(_keys(tuple(settings.FIELD_ENCRYPTION_KEYS))))


def oldest_kid() -> str:
    """Give the id of the first key ever: blind indexes stay with it, since a new one would find no older row."""
    return list(_keys(tuple(settings.FIELD_ENCRYPTION_KEYS)))[-1]


def derived_key(purpose: str, kid: str = "") -> bytes:
    """Give 32 bytes for one purpose (a column, an index), derived by HKDF-SHA256 (RFC 5869) from the key of this id.

    :raises LookupError: when no key of this id is known.
    """
    keys = tuple(settings.FIELD_ENCRYPTION_KEYS)
    return _derived(keys, purpose, kid or active_kid())


@lru_cache(maxsize=8)
def _keys(entries: tuple[str, ...]) -> dict[str, bytes]:
    keys = {}
    for entry in entries:
        kid, _, encoded = entry.partition(":")
        key = _decoded(encoded)
        if not kid or len(key) != KEY_BYTES:
            raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS takes kid:key pairs, each key the base64 of 32 bytes.")
        keys[kid] = key
    if not keys:
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS is empty.")
    return keys


def _decoded(encoded: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(encoded.rstrip("=") + "=" * (-len(encoded.rstrip("=")) % 4))
    except ValueError:
        return b""


@lru_cache(maxsize=256)
def _derived(entries: tuple[str, ...], purpose: str, kid: str) -> bytes:
    keys = _keys(entries)
    if kid not in keys:
        raise LookupError(f"No encryption key {kid!r} is configured.")
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(keys[kid])
