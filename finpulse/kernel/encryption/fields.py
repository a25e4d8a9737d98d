"""A text field stored as v1|kid|nonce|ciphertext, with "table.column|uid" as associated data.

A value copied to another row or column does not open there. The model carries a `uid` UUID made in Python.
"""

from __future__ import annotations

import base64
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import FieldError
from django.db import models

from finpulse.kernel.encryption.keyring import active_kid, derived_key

NONCE_BYTES = 12


def encrypt_field(plain: str, *, column: str, uid: object) -> str:
    """Encrypt for one row's column ("table.column"). Empty stays empty."""
    if not plain:
        return ""
    kid, nonce = active_kid(), os.urandom(NONCE_BYTES)
    sealed = AESGCM(derived_key(column, kid)).encrypt(nonce, plain.encode(), f"{column}|{uid}".encode())
    return f"v1|{kid}|{base64.b64encode(nonce + sealed).decode()}"


def decrypt_field(stored: str, *, column: str, uid: object) -> str:
    """Open what `encrypt_field` made. :raises ValueError: when it was altered or belongs to another row or column."""
    if not stored:
        return ""
    version, kid, encoded = stored.split("|", 2)
    if version != "v1":
        raise ValueError(f"{column} holds a value of unknown version {version!r}.")
    blob = base64.b64decode(encoded)
    try:
        cipher = AESGCM(derived_key(column, kid))
        return cipher.decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], f"{column}|{uid}".encode()).decode()
    except InvalidTag as error:
        raise ValueError(f"{column} of row {uid} was altered or moved.") from error


class EncryptedTextField(models.TextField):
    """Stores ciphertext and hands ciphertext out: opening is a verb (`reveal`), so that no page opens it unasked."""

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every lookup but isnull and exact emptiness: ciphertext has no order and no equality."""
        if lookup_name not in {"isnull"}:
            raise FieldError(f"{self.name} is encrypted: search its blind index.")
        return super().get_lookup(lookup_name)

    def _column(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def seal(self, instance: Any, plain: str) -> None:
        """Put the encrypted value on the instance, for its own uid."""
        setattr(instance, self.attname, encrypt_field(plain, column=self._column(), uid=instance.uid))

    def reveal(self, instance: Any) -> str:
        """Open the instance's value."""
        return decrypt_field(getattr(instance, self.attname), column=self._column(), uid=instance.uid)
