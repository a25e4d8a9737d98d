"""Whole sign-ins at two real providers: the demo one, and the certified `oidc-provider` of npm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from finpulse.identity.demo_accounts import DEMO_ACCOUNTS
from finpulse.local import addresses, ports, programs
from finpulse.local.provider.app import claims
from tests.browser.conftest import answers, database_at, database_name, environment_of, process
from tests.browser.tally import Tally
from tests.browser.visitor import Visitor
from tests.services import npm_provider
from tests.services.wait import until

NINA = {"preferred_username": "nina", "given_name": "Nina", "family_name": "Novak", "roles": ["customer_manager"]}
Visit = Callable[[], Visitor]


@pytest.fixture(scope="module")
def npm(
    web: str, static_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, npm_provider.NpmProvider]]:
    """Give another web on the same bank, and the npm provider that it trusts."""
    port = ports.pick([])
    address = f"http://127.0.0.1:{port}"
    with npm_provider.running(address, {"nina": NINA}) as provider:
        environment = environment_of(database_name(), port, static_folder) | {
            "OIDC_ISSUER": provider.issuer,
            "OIDC_CLIENT_ID": npm_provider.CLIENT_ID,
            "OIDC_CLIENT_SECRET": npm_provider.CLIENT_SECRET,
        }
        with process(programs.web(port), environment, tmp_path_factory.mktemp("npm") / "web.log"):
            until(lambda: answers(f"{address}/healthz"), "the web answers")
            yield address, provider


@pytest.fixture
def visitors() -> Iterator[list[Visitor]]:
    """Keep the browsers of a test; what one of them saw go wrong fails it."""
    made: list[Visitor] = []
    yield made
    for visitor in made:
        visitor.close()
    assert [trouble for visitor in made for trouble in visitor.troubles] == []


@pytest.fixture
def visit_demo(web: str, provider: str, chromium: Browser, tally: Tally, visitors: list[Visitor]) -> Visit:
    """Give a maker of browsers before the web that trusts the demo provider."""

    def visit() -> Visitor:
        visitors.append(Visitor(web, chromium, provider=provider, tally=tally))
        return visitors[-1]

    return visit


@pytest.fixture
def visit_npm(
    npm: tuple[str, npm_provider.NpmProvider], chromium: Browser, tally: Tally, visitors: list[Visitor]
) -> Visit:
    """Give a maker of browsers before the web that trusts the npm provider, which has an account for Nina."""
    address, provider = npm
    provider.vouch("nina", NINA)

    def visit() -> Visitor:
        visitors.append(Visitor(address, chromium, provider=provider.issuer, tally=tally))
        return visitors[-1]

    return visit


def sign_in(visitor: Visitor, person: str) -> Page:
    """Go from the sign-in page to the provider and click the account there."""
    page = visitor.open("/admin/login/")
    page.get_by_role("link", name="Sign in with the bank's account").click()
    page.get_by_role("button", name=person, exact=True).click()
    page.wait_for_url(f"{visitor.web}/**")
    return page


def sign_out(page: Page, web: str) -> None:
    """Sign out here, and at the provider on its own page."""
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: not url.startswith(web))
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{web}/admin/login/**")
    expect(page.get_by_role("status")).to_contain_text("You are signed out.")


def roles(page: Page) -> str:
    """Give the roles that the user menu names."""
    return page.locator(".menu__who small").first.inner_text()


def set_active(username: str, *, active: bool) -> None:
    with psycopg.connect(database_at(addresses.database_owner_url(), database_name())) as connection:
        connection.execute("UPDATE identity_user SET is_active = %s WHERE username = %s", (active, username))


def confirm_now(username: str) -> None:
    """Have ten minutes gone by since the provider was last asked about this person."""
    with psycopg.connect(database_at(addresses.database_owner_url(), database_name())) as connection:
        connection.execute(
            "UPDATE identity_signinsession s SET confirmed_at = now() - interval '10 minutes', asked_at = NULL"
            " FROM identity_user u WHERE u.id = s.user_id AND u.username = %s AND s.ended_at IS NULL",
            (username,),
        )


def told(visitor: Visitor) -> str:
    """Ask for a page; give what the sign-in page, to which that leads, says of it."""
    page = visitor.open("/admin/")
    expect(page).to_have_title(re.compile("^Sign in"))
    return page.locator(".note").inner_text()


def test_at_the_demo_provider_roles_follow_and_a_deactivated_user_is_out(visit_demo: Visit, provider: str) -> None:
    charlie = next(account for account in DEMO_ACCOUNTS if account.username == "charlie")
    at_provider = f"{provider}/users/charlie"
    try:
        requests.put(at_provider, json=claims(charlie) | {"roles": ["customer_manager", "auditor"]}, timeout=5)
        first = visit_demo()
        assert roles(sign_in(first, "charlie")).startswith("Customer manager, Auditor")
        requests.put(at_provider, json=claims(charlie), timeout=5)
        assert roles(sign_in(visit_demo(), "charlie")).startswith("Customer manager ·")
        assert roles(first.open("/admin/")).startswith("Customer manager ·")
        set_active("charlie", active=False)
        assert "deactivated" in told(first)
        page = sign_in(visit_demo(), "charlie")
        asked = "This account is deactivated. Ask a system administrator to reactivate it."
        expect(page.get_by_role("alert")).to_have_text(asked)
    finally:
        requests.put(at_provider, json=claims(charlie), timeout=5)
        set_active("charlie", active=True)


def test_at_the_npm_provider_roles_follow_and_signing_out_in_one_browser_ends_the_others(
    npm: tuple[str, npm_provider.NpmProvider], visit_npm: Visit
) -> None:
    desk, laptop = visit_npm(), visit_npm()
    page = sign_in(desk, "nina")
    assert roles(page) == "Customer manager"
    npm[1].vouch("nina", NINA | {"roles": ["auditor"]})
    assert roles(sign_in(laptop, "nina")) == "Auditor"
    assert roles(desk.open("/admin/")) == "Auditor"
    sign_out(page, desk.web)
    assert told(laptop) == "You were signed out at the bank's identity provider."


def test_at_the_npm_provider_an_account_that_is_closed_here_or_there_is_out(
    npm: tuple[str, npm_provider.NpmProvider], visit_npm: Visit
) -> None:
    desk = visit_npm()
    sign_in(desk, "nina")
    set_active("nina", active=False)
    assert "deactivated" in told(desk)
    set_active("nina", active=True)
    laptop = visit_npm()
    sign_in(laptop, "nina")
    npm[1].vouch("nina", NINA | {"roles": ["auditor"]})
    # Twice: the second time by the token that the first has brought.
    for _ in range(2):
        confirm_now("nina")
        assert roles(laptop.open("/admin/")) == "Auditor"
    npm[1].vouch("nina", None)
    assert roles(laptop.open("/admin/")) == "Auditor"
    confirm_now("nina")
    assert told(laptop) == "You were signed out at the bank's identity provider."
    page = sign_in(visit_npm(), "nina")
    expect(page.get_by_role("alert")).to_have_text("The identity provider did not let you in.")
