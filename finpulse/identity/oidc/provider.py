"""What the identity provider says of itself: endpoints by discovery, keys by JWKS, both kept for some minutes."""

from __future__ import annotations

from functools import lru_cache
from time import monotonic
from typing import Any

import requests
from django.conf import settings
from jwt import PyJWKClient

KEEP_SECONDS = 300


class ProviderUnavailable(Exception):
    """The provider gave no usable answer in time."""


def endpoint(name: str) -> str:
    """Give one of the provider's endpoints, as OpenID Connect Discovery 1.0 names it.

    :raises ProviderUnavailable: when discovery fails or names another issuer.
    """
    document = _discovered(settings.OIDC_ISSUER, int(monotonic() // KEEP_SECONDS))
    if name not in document:
        raise ProviderUnavailable(f"The identity provider names no {name}.")
    return str(document[name])


@lru_cache(maxsize=4)
def _discovered(issuer: str, slot: int) -> dict[str, Any]:
    try:
        answer = requests.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration", timeout=settings.OIDC_TIMEOUT)
        answer.raise_for_status()
        document: dict[str, Any] = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderUnavailable("The identity provider does not answer.") from error
    if str(document.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        raise ProviderUnavailable("The identity provider calls itself by another name than OIDC_ISSUER.")
    return document


@lru_cache(maxsize=4)
def signing_keys(jwks_uri: str) -> PyJWKClient:
    """Give the provider's keys: cached, fetched anew for an unknown key id, so that rotation is followed."""
    return PyJWKClient(jwks_uri, cache_jwk_set=True, lifespan=KEEP_SECONDS, timeout=settings.OIDC_TIMEOUT)
