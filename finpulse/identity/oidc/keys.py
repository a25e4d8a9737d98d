"""The provider's signing keys: cached, rotation followed, and never fetched as often as a stranger likes."""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from threading import Lock
from time import monotonic
from typing import Any

from jwt import PyJWK, PyJWTError

from finpulse.identity.oidc.asking import ProviderUnavailable, ask
from finpulse.identity.oidc.provider import KEEP_SECONDS

# The type of key behind each algorithm that is taken. No shared secret: a public key is no secret to sign with.
KEY_TYPES = {"RS256": "RSA", "ES256": "EC"}
# A token may name any key id, and strangers may send tokens: this many fetches, and no more, follow from them.
FETCHES = 3
WITHIN_SECONDS = 30


class KeySet:
    """The keys behind one JWKS address, as this process last saw them."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._keys: list[PyJWK] = []
        self._good_until = 0.0
        self._fetches: deque[float] = deque(maxlen=FETCHES)
        self._lock = Lock()

    def find(self, key_id: object, algorithm: str) -> PyJWK | None:
        """Give the key of this id for the algorithm; fetch anew for one unknown. Without an id, the only such key.

        :raises ProviderUnavailable: when there are no keys to look among.
        """
        with self._lock:
            if monotonic() > self._good_until:
                if not self._may_fetch():
                    raise ProviderUnavailable("keys are not asked for again so soon")
                self._fetch()
            found = self._among(key_id, algorithm)
            if found is None and self._may_fetch():
                self._fetch()
                found = self._among(key_id, algorithm)
            return found

    def _among(self, key_id: object, algorithm: str) -> PyJWK | None:
        fitting = [key for key in self._keys if key.key_type == KEY_TYPES[algorithm]]
        if key_id is not None:
            return next((key for key in fitting if key.key_id == key_id), None)
        return fitting[0] if len(fitting) == 1 else None

    def _may_fetch(self) -> bool:
        return len(self._fetches) < FETCHES or monotonic() - self._fetches[0] > WITHIN_SECONDS

    def _fetch(self) -> None:
        self._fetches.append(monotonic())
        listed = ask("GET", self._address, what="keys").get("keys")
        if not isinstance(listed, list):
            raise ProviderUnavailable("keys are no list")
        self._keys = [key for data in listed if (key := _signing_key(data)) is not None]
        self._good_until = monotonic() + KEEP_SECONDS


def _signing_key(data: Any) -> PyJWK | None:
    # A set may hold keys of kinds that are no business of ours.
    if not isinstance(data, dict) or data.get("kty") not in KEY_TYPES.values() or data.get("use", "sig") != "sig":
        return None
    try:
        return PyJWK(data)
    except (PyJWTError, ValueError, TypeError):
        return None


@lru_cache(maxsize=4)
def key_set(address: str) -> KeySet:
    """Give this process's set for the address."""
    return KeySet(address)
