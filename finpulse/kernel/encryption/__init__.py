"""Fields that the database cannot read: AES-256-GCM bound to their row, with a keyed blind index for exact search."""

from finpulse.kernel.encryption.blind_index import blind_index
from finpulse.kernel.encryption.fields import EncryptedTextField, decrypt_field, encrypt_field

__all__ = ["EncryptedTextField", "blind_index", "decrypt_field", "encrypt_field"]
