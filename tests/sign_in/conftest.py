"""A real provider on the loopback address, and a browser without script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.http import HttpResponse
from django.test import Client

from finpulse.identity.oidc import provider as known
from finpulse.identity.oidc.confirming import patience
from finpulse.identity.oidc.keys import key_set
from tests.services import bent_provider
from tests.services.provider import running as sign_in_provider
from tests.sign_in.tally import Answers, Tally

HOST = "127.0.0.1:8000"
SECRET = "a test's client secret"
TALLY = pytest.StashKey[Tally]()


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


@pytest.fixture(scope="session")
def bending() -> Iterator[bent_provider.BentProvider]:
    """Give a running provider whose answers a test bends."""
    with bent_provider.running() as provider:
        yield provider


@pytest.fixture
def bent(db: None, bending: bent_provider.BentProvider, settings: object) -> bent_provider.BentProvider:
    """A provider, straight as yet, that this FinPulse trusts; nothing of it is known beforehand."""
    bending.straighten()
    forget()
    settings.OIDC_ISSUER = bending.issuer
    settings.OIDC_RP_CLIENT_ID = bent_provider.CLIENT_ID
    settings.OIDC_RP_CLIENT_SECRET = bent_provider.CLIENT_SECRET
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    return bending


def forget() -> None:
    """Know nothing of the provider."""
    known._discovered.cache_clear()
    key_set.cache_clear()
    patience.begin()


@pytest.fixture
def bent_browser(bent: bent_provider.BentProvider) -> Browser:
    """A browser before a FinPulse that trusts the bent provider."""
    return Browser(Client(HTTP_HOST=HOST), bent.issuer)


@pytest.fixture(scope="session")
def tally(request: pytest.FixtureRequest) -> Tally:
    """Keep what was sent and answered over the whole run."""
    return request.config.stash.setdefault(TALLY, Tally())


@pytest.fixture
def answers(caplog: pytest.LogCaptureFixture, tally: Tally) -> Answers:
    """What this test's page and log say."""
    return Answers(caplog, tally)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say once what was sent and what was answered."""
    if TALLY in config.stash:
        for line in config.stash[TALLY].lines():
            terminalreporter.write_line(line)
