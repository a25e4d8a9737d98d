"""What the frame does at a keyboard, on a phone and without script."""

import re

from playwright.sync_api import expect

from finpulse.identity.demo_accounts import PASSWORD
from tests.browser.visitor import Visitor
from tests.services.wait import until

# The ground and the scheme that the browser knew at the page's first paint.
PAINTED = """
new PerformanceObserver(() => {
  window.painted ??= [getComputedStyle(document.documentElement).backgroundColor,
    document.querySelector("meta[name=color-scheme]").content];
}).observe({ type: "paint", buffered: true });
"""


def test_the_first_tab_stop_skips_to_the_content(visit):
    page = visit().open("/admin/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_keys_lead_to_search_customers_logging_and_my_day(visit):
    page = visit().open("/admin/")
    page.keyboard.press("/")
    expect(page.get_by_label("Search customers")).to_be_focused()
    page.keyboard.type("g c")
    expect(page.get_by_label("Search customers")).to_have_value("g c")
    page.locator("main").focus()
    page.keyboard.type("gc")
    page.wait_for_url("**/admin/crm/customer/")
    page.locator("main").focus()
    page.keyboard.type("l")
    expect(page.get_by_role("dialog", name="Log interaction")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("main").focus()
    page.keyboard.type("gd")
    page.wait_for_url("**/admin/")


def test_a_question_mark_lists_the_keys_and_they_can_be_switched_off(visit):
    page = visit().open("/admin/")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    expect(dialog.locator("dt")).to_contain_text(["Search customers", "My day", "Customers"])
    dialog.get_by_label("Use these keys on this device").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("/")
    expect(page.get_by_label("Search customers")).not_to_be_focused()


def test_the_search_of_the_bar_finds_a_customer(visit):
    page = visit().open("/admin/")
    page.get_by_label("Search customers").fill("novakova eliska")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/crm/customer/?q=novakova*")
    expect(page.locator("#result_list tbody th a").first).to_have_text("Eliška Nováková")


def test_a_chosen_theme_is_there_from_the_first_paint_of_the_next_page(visit):
    page = visit(theme="light").open("/admin/")
    body = page.locator("body")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("details.menu summary").click()
    page.get_by_text("Dark", exact=True).click()
    expect(body).not_to_have_css("background-color", light)
    page.goto("/admin/crm/customer/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(body).not_to_have_css("background-color", light)
    page.locator("details.menu summary").click()
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
    page.get_by_text("System", exact=True).click()
    expect(body).to_have_css("background-color", light)


def test_menus_close_by_escape_and_give_the_focus_back(visit):
    page = visit().open("/admin/crm/customer/")
    summary = page.locator("details.filter summary").first
    summary.click()
    expect(page.locator(".filter__sheet").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".filter__sheet").first).to_be_hidden()
    expect(summary).to_be_focused()


def test_a_phone_opens_the_navigation_as_a_drawer_even_without_script(visit):
    for script in (True, False):
        page = visit(width=390, java_script_enabled=script).page
        page.goto("/admin/")
        rail = page.get_by_role("navigation", name="Main")
        expect(rail).to_be_hidden()
        page.get_by_role("button", name="Menu", exact=True).click()
        expect(rail).to_be_visible()
        page.keyboard.press("Escape")
        expect(rail).to_be_hidden()
        page.get_by_role("button", name="Menu", exact=True).click()
        rail.get_by_role("link", name="Customers").click()
        page.wait_for_url("**/admin/crm/customer/")


def test_signing_out_from_the_menu_ends_on_the_sign_in_page(visit, web, chromium):
    with Visitor(web, chromium) as visitor:
        visitor.sign_in("bob", PASSWORD)
        visitor.page.locator("details.menu summary").click()
        visitor.page.get_by_role("button", name="Sign out").click()
        visitor.page.wait_for_url("**/admin/login/")
        visitor.page.goto("/admin/crm/customer/")
        assert re.search(r"/admin/login/\?next=/admin/crm/customer/$", visitor.page.url)
        assert visitor.troubles == []


def test_what_was_done_is_said_and_can_be_closed(visit):
    page = visit().open("/admin/")
    page.get_by_role("button", name=re.compile("^Done ?:")).first.click()
    notice = page.get_by_role("status").filter(has_text="Done: ")
    expect(notice).to_be_visible()
    notice.get_by_role("button", name="Close").click()
    expect(notice.locator(".toast")).to_have_class(re.compile("toast--past"))


def test_a_form_sums_up_what_is_wrong_and_leads_to_each_field(visit):
    page = visit().open("/admin/crm/interaction/log/")
    page.get_by_label("With whom?").fill("novakova eliska")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name="Eliška Nováková").first.click()
    page.get_by_role("main").get_by_role("button", name="Save").click()
    summary = page.get_by_role("alert").filter(has_text="Please correct")
    summary.get_by_role("link").first.click()
    expect(page.locator("[aria-invalid=true]").first).to_be_focused()


def test_each_line_of_the_navigation_has_its_pair_of_keys_and_the_list_groups_them(visit):
    page = visit().open("/admin/")
    for key, place in (("t", "crm/task"), ("n", "notifications/message"), ("p", "crm/portfolio"), ("h", "crm/holding")):
        page.locator("main").focus()
        page.keyboard.type(f"g{key}")
        page.wait_for_url(f"**/admin/{place}/")
        expect(page.locator("nav.rail [aria-current=page]")).to_have_attribute("data-key", f"g {key}")
    page.keyboard.press("?")
    expect(page.locator("#keys h3")).to_contain_text(["Do", "On this page", "Go to"])


def test_j_and_k_walk_the_rows_of_what_waits(visit):
    page = visit().open("/admin/")
    rows = page.locator("main .worklist__item")
    page.locator("main").focus()
    for key, row in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(rows.nth(row).locator("a, button").first).to_be_focused()


def test_no_frame_of_the_other_theme_is_painted(visit):
    visitor = visit(theme="light")
    page = visitor.open("/admin/")
    page.evaluate("localStorage.setItem('finpulse.theme', 'dark')")
    visitor.context.add_init_script(PAINTED)
    page.goto("/admin/crm/customer/")
    until(lambda: page.evaluate("window.painted"), "the first paint is told of")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert page.evaluate("window.painted") == [dark, "dark"]


def test_a_narrow_window_shows_the_rail_as_icons_that_open_for_the_keyboard(visit):
    page = visit(width=1024).open("/admin/")
    rail = page.get_by_role("navigation", name="Main")
    assert rail.bounding_box()["width"] == 60
    rail.get_by_role("link", name="Customers").focus()
    expect(rail).to_have_css("width", "228px")
    expect(rail.get_by_text("Customers")).to_have_css("opacity", "1")


def test_paper_shows_the_page_in_black_on_white_without_what_surrounds_it(visit):
    page = visit(theme="dark").open("/admin/crm/customer/")
    page.emulate_media(media="print", color_scheme="dark")
    for gone in (".rail", ".bar", ".filters"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("html")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("#result_list tbody th a").first).to_have_css("color", "rgb(0, 0, 0)")
    page.set_viewport_size({"width": 690, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 690
