"""A real provider on the loopback address, and a browser without script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
import requests
from django.http import HttpResponse
from django.test import Client

from finpulse.identity.oidc import provider as known
from tests.services.provider import running as sign_in_provider

HOST = "127.0.0.1:8000"
SECRET = "a test's client secret"


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """Give the issuer of a running provider."""
    with sign_in_provider(SECRET) as address:
        yield address


@dataclass
class Browser:
    """Follows the code flow step by step."""

    client: Client
    issuer: str

    def start(self, next_url: str = "/admin/crm/customer/") -> str:
        """Ask to sign in; give where the provider's page is."""
        return self.client.get("/oidc/authenticate/", {"next": next_url}).headers["Location"]

    def choose(self, username: str, page: str) -> str:
        """Click an account on the provider's page; give where it leads back to."""
        return requests.post(page, data={"sub": username}, allow_redirects=False, timeout=5).headers["Location"]

    def come_back(self, address: str) -> HttpResponse:
        """Arrive at FinPulse again."""
        parts = urlsplit(address)
        return self.client.get(f"{parts.path}?{parts.query}")

    def sign_in(self, username: str) -> HttpResponse:
        """Do all of it."""
        return self.come_back(self.choose(username, self.start()))

    def claims(self, username: str, **claims: object) -> None:
        """Change what the provider vouches for."""
        facts = {"preferred_username": username, "email": f"{username}@finpulse.example"}
        requests.put(f"{self.issuer}/users/{username}", json=facts | claims, timeout=5).raise_for_status()

    def said(self) -> str:
        """Give the sign-in page's text."""
        return self.client.get("/admin/login/").content.decode()


@pytest.fixture
def browser(db: None, issuer: str, settings: object) -> Browser:
    """A browser of a FinPulse that trusts the provider."""
    settings.OIDC_ISSUER = issuer
    settings.OIDC_RP_CLIENT_ID = "finpulse-local"
    settings.OIDC_RP_CLIENT_SECRET = SECRET
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    known._discovered.cache_clear()
    return Browser(Client(HTTP_HOST=HOST), issuer)
