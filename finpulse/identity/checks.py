"""What is wrong with the settings of the break-glass account, before anybody needs it."""

from __future__ import annotations

from typing import Any

import pyotp
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher
from django.core.checks import CheckMessage, Error

NAMES = ("BREAK_GLASS_USERNAME", "BREAK_GLASS_PASSWORD_HASH", "BREAK_GLASS_TOTP_SECRET")


def break_glass_settings(**kwargs: Any) -> list[CheckMessage]:
    """Want all of its settings or none, a hash and a secret that can be used."""
    missing = [name for name in NAMES if not getattr(settings, name)]
    if len(missing) == len(NAMES):
        return []
    if missing:
        return [Error(f"Set {', '.join(missing)} too, or none of {', '.join(NAMES)}.", id="identity.E001")]
    wrong: list[CheckMessage] = []
    try:
        identify_hasher(settings.BREAK_GLASS_PASSWORD_HASH)
    except ValueError:
        wrong.append(Error("BREAK_GLASS_PASSWORD_HASH is no password's hash.", id="identity.E002"))
    try:
        pyotp.TOTP(settings.BREAK_GLASS_TOTP_SECRET)
    except ValueError:
        wrong.append(Error("BREAK_GLASS_TOTP_SECRET is no base32 of 112 bits or more.", id="identity.E003"))
    return wrong
