"""What the identity provider says of itself, by OpenID Connect Discovery 1.0; kept for some minutes."""

from __future__ import annotations

from functools import lru_cache
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from finpulse.identity.oidc.asking import ProviderUnavailable, ask

KEEP_SECONDS = 300


def endpoint(name: str) -> str:
    """Give one of the provider's endpoints, as discovery names it.

    :raises ProviderUnavailable: when discovery fails, names another issuer, or an address less safe than the issuer's.
    """
    issuer: str = settings.OIDC_ISSUER
    address = _discovered(issuer, int(monotonic() // KEEP_SECONDS)).get(name)
    if not isinstance(address, str) or not address:
        raise ProviderUnavailable(f"discovery names no {name}")
    if urlsplit(address).scheme not in ("https", urlsplit(issuer).scheme):
        raise ProviderUnavailable(f"discovery names a {name} without TLS")
    return address


@lru_cache(maxsize=4)
def _discovered(issuer: str, slot: int) -> dict[str, Any]:
    document = ask("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration", what="discovery")
    if str(document.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        raise ProviderUnavailable("discovery names another issuer than OIDC_ISSUER")
    return document
