"""Every form that a manager uses does its work in a browser without script."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from finpulse.identity.demo_accounts import PASSWORD
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]


def bare(visit: Visit, path: str, username: str = "alice") -> Page:
    """Open a page without script, where nothing can tell what the policy refuses."""
    page = visit(username, java_script_enabled=False).page
    response = page.goto(path)
    assert response is not None
    assert response.ok
    return page


def test_the_bars_search_and_the_filters_of_a_list_narrow_it(visit: Visit) -> None:
    page = bare(visit, "/admin/")
    page.get_by_label("Search customers").fill("novakova eliska")
    page.keyboard.press("Enter")
    expect(page.locator("#result_list tbody th a").first).to_have_text("Eliška Nováková")
    page.goto("/admin/crm/customer/")
    page.locator("details.filter summary", has_text=re.compile("kind", re.IGNORECASE)).first.click()
    page.locator("details.filter[open]").get_by_role("link", name=re.compile("organisation", re.IGNORECASE)).click()
    page.wait_for_url("**kind__exact=ORGANISATION*")
    assert page.locator("#result_list tbody tr").count() > 0
    page.get_by_role("link", name="Clear filters").first.click()
    page.wait_for_url(lambda url: "kind__exact" not in url)


def test_a_log_with_errors_says_where_and_is_saved_once_it_is_right(visit: Visit) -> None:
    page = bare(visit, "/admin/crm/interaction/log/")
    page.get_by_label("With whom?").fill("novakova eliska")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name="Eliška Nováková").first.click()
    save = page.get_by_role("main").get_by_role("button", name="Save")
    page.get_by_label("Next step").fill("Call without a script")
    save.click()
    alert = page.get_by_role("alert").filter(has_text="Please correct")
    expect(alert.get_by_role("link")).to_have_count(2)
    expect(page.get_by_label("Next step")).to_have_value("Call without a script")
    page.get_by_label("What was said").fill("Said in a browser without script.")
    page.get_by_label("By", exact=True).fill("2030-01-15")
    save.click()
    page.wait_for_url(re.compile(r"/admin/crm/customer/\d+/$"))
    expect(page.get_by_text("Said in a browser without script.").first).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Logged with")).to_be_visible()


def test_a_task_is_done_from_my_day(visit: Visit) -> None:
    page = bare(visit, "/admin/")
    done = page.get_by_role("button", name=re.compile("^Done ?:"))
    before = done.count()
    title = str(done.first.text_content()).partition(":")[2].strip()
    done.first.click()
    expect(page.get_by_role("status").filter(has_text=f"Done: {title}")).to_be_visible()
    assert done.count() == before - 1


def test_notifications_are_read_one_by_one_and_all_at_once(visit: Visit) -> None:
    page = bare(visit, "/admin/notifications/message/", "charlie")
    unread = page.get_by_role("button", name=re.compile("^Mark read ?:"))
    before = unread.count()
    assert before > 1
    unread.first.click()
    expect(unread).to_have_count(before - 1)
    page.get_by_role("button", name="Mark all read").click()
    expect(unread).to_have_count(0)


def test_contact_data_is_corrected_after_an_error(visit: Visit) -> None:
    page = bare(visit, "/admin/crm/customer/?q=DC000027")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("main").get_by_role("link", name=re.compile("^Edit")).first.click()
    mail = page.get_by_label("E-mail")
    save = page.get_by_role("main").get_by_role("button", name="Save", exact=True)
    mail.fill("no address")
    save.click()
    expect(page.get_by_role("alert").filter(has_text="correct")).to_be_visible()
    mail.fill("office@lipa.example")
    save.click()
    page.wait_for_url(re.compile(r"/admin/crm/customer/\d+/$"))
    expect(page.get_by_text("office@lipa.example").first).to_be_visible()


def test_signing_in_and_out_needs_none(web: str, chromium: Browser) -> None:
    with Visitor(web, chromium, java_script_enabled=False) as visitor:
        visitor.sign_in("bob", PASSWORD)
        visitor.page.locator("details.menu summary").click()
        visitor.page.get_by_role("button", name="Sign out").click()
        visitor.page.wait_for_url("**/admin/login/")
        expect(visitor.page.get_by_role("status")).to_contain_text("You are signed out.")
        assert visitor.troubles == []
