"""A web whose database refuses every connection: a page that says so, a problem document, and when to come back."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from finpulse.local import ports, programs
from tests.browser.conftest import answers, environment_of, process
from tests.browser.visitor import Visitor
from tests.services.wait import until

UNAVAILABLE = 503
COOKIE = "sessionid=somebody"


@pytest.fixture(scope="module")
def cut_off(web: str, static_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a web whose database is at a port where nobody listens; its styles are the other web's."""
    port, closed = ports.pick([]), ports.pick([])
    nowhere = {"DATABASE_URL": f"postgresql://web:x@127.0.0.1:{closed}/finpulse"}
    environment = (
        environment_of("finpulse", port, static_folder) | nowhere | {"DATABASE_OWNER_URL": nowhere["DATABASE_URL"]}
    )
    with process(programs.web(port), environment, tmp_path_factory.mktemp("away") / "web.log"):
        address = f"http://127.0.0.1:{port}"
        until(lambda: answers(f"{address}/healthz"), "the web answers")
        yield address


def ask(url: str, data: bytes | None = None) -> tuple[int, Message, str]:
    request = urllib.request.Request(url, data=data, headers={"Cookie": COOKIE})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=10)
    return caught.value.code, caught.value.headers, caught.value.read().decode()


def test_a_program_gets_a_problem_document(cut_off: str) -> None:
    status, headers, body = ask(f"{cut_off}/api/v1/customers/")
    assert (status, headers["Content-Type"]) == (UNAVAILABLE, "application/problem+json")
    assert headers["Retry-After"] == "30"
    assert json.loads(body)["status"] == UNAVAILABLE


def test_a_person_is_told_what_is_safe_and_tries_again(cut_off: str, chromium: Browser) -> None:
    with Visitor(cut_off, chromium) as visitor:
        visitor.context.add_cookies([{"name": "sessionid", "value": "somebody", "url": cut_off}])
        page = visitor.open("/admin/crm/customer/?q=novak", UNAVAILABLE)
        expect(page.get_by_role("heading", name="Away for a moment")).to_be_visible()
        again = page.get_by_role("link", name="Try again")
        expect(again).to_have_attribute("href", "/admin/crm/customer/?q=novak")
        again.click()
        expect(page.get_by_role("heading", name="Away for a moment")).to_be_visible()
        visitor.check_width(320, 390, 1024, 1600)
        assert visitor.troubles == []


def test_health_stays_alive_and_readiness_does_not(cut_off: str) -> None:
    assert answers(f"{cut_off}/healthz")
    assert ask(f"{cut_off}/readyz")[0] == UNAVAILABLE
