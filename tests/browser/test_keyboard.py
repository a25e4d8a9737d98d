"""A manager's round without a mouse."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, expect

from finpulse.identity.demo_accounts import PASSWORD
from tests.browser.keyboard import Keyboard
from tests.browser.visitor import Visitor

STEP = "Send the offer that the keyboard asked for"
TODAY = datetime.now(ZoneInfo("Europe/Prague")).strftime("%m%d%Y")


def test_a_manager_does_his_round_and_always_sees_where_he_is(web: str, chromium: Browser) -> None:
    with Visitor(web, chromium) as visitor:
        keyboard = Keyboard(visitor.page)
        for part in (_sign_in, _skip, _open_a_customer, _log, _do, _choose_dark, _read_the_keys, _sign_out):
            part(keyboard, visitor.page)
        assert keyboard.troubles == []
        assert visitor.troubles == []
        assert keyboard.stops > 40


def _sign_in(keyboard: Keyboard, page: Page) -> None:
    page.goto("/admin/")
    expect(page.get_by_role("link", name="Sign in with the bank's account")).to_be_focused()
    keyboard.look()
    keyboard.go_to(page.get_by_label("User name"))
    keyboard.write("alice")
    keyboard.go_to(page.get_by_label("Password"))
    keyboard.write(PASSWORD)
    keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def _skip(keyboard: Keyboard, page: Page) -> None:
    keyboard.go_to(page.get_by_role("link", name="Skip to the content"))
    keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    keyboard.press("Tab")
    keyboard.look()
    assert page.evaluate("document.activeElement.closest('main') !== null")


def _open_a_customer(keyboard: Keyboard, page: Page) -> None:
    keyboard.press("/")
    expect(page.get_by_label("Search customers")).to_be_focused()
    keyboard.look()
    keyboard.write("novakova eliska")
    keyboard.press("Enter")
    page.wait_for_url("**/admin/crm/customer/?q=*")
    keyboard.go_to(page.locator("#result_list tbody th a").first)
    keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/admin/crm/customer/\d+/(\?|$)"))


def _log(keyboard: Keyboard, page: Page) -> None:
    keyboard.press("l")
    keyboard.go_to(page.get_by_label("What was said"))
    keyboard.write("Asked for an offer, without a mouse.")
    keyboard.go_to(page.get_by_label("Next step"))
    keyboard.write(STEP)
    keyboard.go_to(page.get_by_label("By", exact=True))
    keyboard.write(TODAY)
    keyboard.go_to(page.locator("form[data-draft]").get_by_role("button", name="Save"))
    keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Logged with")).to_be_attached()
    expect(page.get_by_role("main").get_by_text(STEP).first).to_be_visible()
    _is_somewhere(page)


def _do(keyboard: Keyboard, page: Page) -> None:
    keyboard.write("gd")
    page.wait_for_url("**/admin/")
    done = page.get_by_role("button", name=re.compile(f"Done ?: {STEP}"))
    keyboard.go_to(done)
    keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text=f"Done: {STEP}")).to_be_attached()
    expect(done).to_have_count(0)
    _is_somewhere(page)


def _choose_dark(keyboard: Keyboard, page: Page) -> None:
    _open_the_menu(keyboard, page)
    keyboard.go_to(page.get_by_role("radio", name="System"))
    for _ in range(2):
        keyboard.press("ArrowLeft")
        keyboard.look()
    keyboard.press("ArrowRight")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    keyboard.press("Escape")
    expect(page.locator("details.menu summary")).to_be_focused()
    keyboard.look()


def _read_the_keys(keyboard: Keyboard, page: Page) -> None:
    keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    keyboard.go_to(dialog.get_by_label("Use these keys on this device"))
    keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("details.menu summary")).to_be_focused()


def _sign_out(keyboard: Keyboard, page: Page) -> None:
    _open_the_menu(keyboard, page)
    keyboard.go_to(page.get_by_role("button", name="Sign out"))
    keyboard.press("Enter")
    page.wait_for_url("**/admin/login/")
    expect(page.get_by_role("status")).to_contain_text("You are signed out.")


def _open_the_menu(keyboard: Keyboard, page: Page) -> None:
    keyboard.go_to(page.locator("details.menu summary"), key="Shift+Tab")
    keyboard.press("Enter")
    expect(page.locator(".menu__sheet")).to_be_visible()


def _is_somewhere(page: Page) -> None:
    """The focus is on something: where the button or the dialog was that had it."""
    expect(page.locator("body :focus")).to_have_count(1)


def test_a_screen_reader_is_told_of_a_wrong_password_and_the_way_is_kept(visit: Callable[..., Visitor]) -> None:
    page = visit("").open("/admin/crm/task/")
    keyboard = Keyboard(page)
    sso = page.get_by_role("link", name="Sign in with the bank's account")
    expect(sso).to_have_attribute("href", re.compile(r"\?next=%2Fadmin%2Fcrm%2Ftask%2F$"))
    keyboard.go_to(page.get_by_label("User name"))
    keyboard.write("alice")
    keyboard.go_to(page.get_by_label("Password"))
    keyboard.write("wrong")
    keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The user name or the password is wrong")
    expect(page.get_by_label("User name")).to_be_focused()
    keyboard.go_to(page.get_by_label("Password"))
    keyboard.write(PASSWORD)
    keyboard.press("Enter")
    page.wait_for_url("**/admin/crm/task/")
    assert keyboard.troubles == []
