"""A keyed fingerprint by which an encrypted value can be found when the whole of it is known."""

import hmac
import unicodedata

from finpulse.kernel.encryption.keyring import derived_key, oldest_kid


def blind_index(value: str, *, column: str) -> str:
    """Give the HMAC-SHA256 (hex) of the normalised value (NFKC, case-folded, letters and digits only); "" for nothing.

    Equal values show as equal to whoever reads the table: never use it on a birth date, a name or a flag.
    """
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", value).casefold()))
    if not plain:
        return ""
    key = derived_key(f"blind index of {column}", oldest_kid())
    return hmac.digest(key, plain.encode(), "sha256").hex()
