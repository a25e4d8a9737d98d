"""Signing in and out through the identity provider: nobody else is asked, and it at no other time."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.tally import Tally
from tests.browser.visitor import Visitor


def test_only_signing_in_and_out_asks_the_provider(web: str, provider: str, chromium: Browser, tally: Tally) -> None:
    with Visitor(web, chromium, provider=provider, tally=tally) as visitor:
        page = visitor.open("/admin/crm/task/")
        page.get_by_role("link", name="Sign in with the bank's account").click()
        page.wait_for_url(f"{provider}/**")
        page.get_by_role("button", name="charlie", exact=True).click()
        page.wait_for_url(f"{web}/admin/crm/task/")
        signing_in = visitor.hosts_asked()
        for path in ("/admin/", "/admin/crm/customer/", "/admin/notifications/message/"):
            visitor.open(path)
        between = visitor.hosts_asked()
        page.locator("details.menu summary").click()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url(f"{provider}/**")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url(f"{web}/admin/login/**")
        expect(page.get_by_role("status")).to_contain_text("You are signed out.")
        assert (signing_in, between, visitor.hosts_asked()) == ({web, provider}, {web}, {web, provider})
        assert visitor.troubles == []
