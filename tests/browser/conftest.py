"""The real web on a database of its own with the demo bank, and Chromium in front of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, StorageState, sync_playwright

from finpulse.identity.demo_accounts import PASSWORD
from finpulse.local import addresses, ports, programs
from finpulse.local.state import CHECKOUT
from tests.browser.sight_rows import ROWS
from tests.browser.tally import Tally
from tests.browser.visitor import Visitor, new_context
from tests.services import require
from tests.services.database import database_named, own_database
from tests.services.provider import running as sign_in_provider
from tests.services.wait import until

TALLY = pytest.StashKey[Tally]()
BROWSER = "browser"
SECRET = "a test's client secret"
# In what order a date is typed is the browser's language, not the page's.
LANGUAGE = {"LANGUAGE": "en_US", "LC_ALL": "en_US.UTF-8"}
# The account for when the bank's sign-in is away, so that its page is there to be looked at.
BREAK_GLASS = {
    "BREAK_GLASS_USERNAME": "glass",
    "BREAK_GLASS_PASSWORD_HASH": "pbkdf2_sha256$1$salt$nobody-knows-what-this-would-be-a-hash-of",
    "BREAK_GLASS_TOTP_SECRET": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
}
COLLECT = ["collectstatic", "--no-input", "--verbosity=0"]
ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]


@pytest.fixture(scope="package")
def provider() -> Iterator[str]:
    """Give the issuer of a running demo sign-in."""
    with sign_in_provider(SECRET) as address:
        yield address


@pytest.fixture(scope="package")
def static_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder into which the web's static files are gathered."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(scope="package")
def web(provider: str, static_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a running web on a fresh demo bank."""
    require.chromium()
    port = ports.pick([])
    with own_database(BROWSER) as name:
        environment = environment_of(name, port, static_folder) | {
            "OIDC_ISSUER": provider,
            "OIDC_CLIENT_SECRET": SECRET,
        }
        for arguments in (["migrate", "--verbosity=0"], ["seed_demo", "--customers", "60"], COLLECT):
            subprocess.run([sys.executable, "manage.py", *arguments], cwd=CHECKOUT, env=environment, check=True)
        furnish = [sys.executable, "-m", "tests.browser.furnish", str(tmp_path_factory.mktemp("feed"))]
        subprocess.run(furnish, cwd=CHECKOUT, env=environment, check=True)
        with process(programs.web(port), environment, tmp_path_factory.mktemp("web") / "web.log"):
            address = f"http://127.0.0.1:{port}"
            until(lambda: answers(f"{address}/healthz"), "the web answers")
            yield address


@pytest.fixture(scope="package")
def keys(web: str) -> dict[str, int]:
    """Give the keys of the rows that addresses name."""
    found: dict[str, int] = {}
    with psycopg.connect(database_at(addresses.database_owner_url(), database_name())) as connection:
        for name, query in ROWS.items():
            found[name] = connection.execute(query.format(**found)).fetchone()[0]
    return found


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Give a running Chromium."""
    program = require.chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS, env=os.environ | LANGUAGE)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tally(request: pytest.FixtureRequest) -> Tally:
    """Count what the walk over every page and the single sign-on look at."""
    return request.config.stash.setdefault(TALLY, Tally())


@pytest.fixture(scope="package")
def sessions() -> dict[str, StorageState]:
    """Keep who has signed in: the form is filled in once for each person."""
    return {}


@pytest.fixture(scope="package")
def signed_in(web: str, chromium: Browser, sessions: dict[str, StorageState]) -> Callable[[str], StorageState | None]:
    """Give what a person's browser keeps once he is signed in; "" is nobody."""

    def state(username: str) -> StorageState | None:
        if username and username not in sessions:
            with Visitor(web, chromium) as newcomer:
                newcomer.sign_in(username, PASSWORD)
                sessions[username] = newcomer.context.storage_state()
        return sessions.get(username)

    return state


@pytest.fixture
def visit(
    web: str, chromium: Browser, signed_in: Callable[[str], StorageState | None]
) -> Iterator[Callable[..., Visitor]]:
    """Give a maker of visitors by username; "" is nobody. What one of them saw go wrong fails the test."""
    visitors: list[Visitor] = []

    def visitor(username: str = "alice", **options: object) -> Visitor:
        made = Visitor(web, chromium, storage_state=signed_in(username), **options)
        visitors.append(made)
        return made

    yield visitor
    _leave(visitors)


@pytest.fixture(scope="package")
def contexts() -> dict[str, BrowserContext]:
    """Keep the open browsers of `stay`, which have the style sheets already."""
    return {}


@pytest.fixture
def stay(
    web: str,
    chromium: Browser,
    signed_in: Callable[[str], StorageState | None],
    contexts: dict[str, BrowserContext],
    tally: Tally,
) -> Iterator[Callable[..., Visitor]]:
    """Give a maker of visitors as `visit` does, each a new page in the one browser that its person keeps open."""
    visitors: list[Visitor] = []

    def visitor(username: str, **options: object) -> Visitor:
        if username not in contexts:
            contexts[username] = new_context(web, chromium, storage_state=signed_in(username))
        made = Visitor(web, chromium, context=contexts[username], tally=tally, **options)
        visitors.append(made)
        return made

    yield visitor
    _leave(visitors)


def _leave(visitors: list[Visitor]) -> None:
    for made in visitors:
        made.close()
    if troubles := [trouble for made in visitors for trouble in made.troubles]:
        pytest.fail("\n".join(troubles), pytrace=False)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say once what was looked at."""
    if TALLY in config.stash:
        for line in config.stash[TALLY].lines():
            terminalreporter.write_line(line)


def database_name() -> str:
    """Give the name of the database that the web of the tests runs on."""
    return database_named(BROWSER)


def environment_of(database: str, port: int, folder: Path) -> dict[str, str]:
    return programs.environment(f"http://127.0.0.1:{port}") | {
        "DATABASE_URL": database_at(addresses.database_url(), database),
        "DATABASE_OWNER_URL": database_at(addresses.database_owner_url(), database),
        "REDIS_URL": addresses.redis_url(),
        "STATIC_ROOT": str(folder),
        "OIDC_ISSUER": "http://127.0.0.1:9",
        **BREAK_GLASS,
    }


@contextmanager
def process(command: list[str], environment: dict[str, str], log: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=CHECKOUT, env=environment, stdout=output, stderr=subprocess.STDOUT, process_group=0
        )
        try:
            yield
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def database_at(url: str, database: str) -> str:
    return urlsplit(url)._replace(path=f"/{database}").geturl()
