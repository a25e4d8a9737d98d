"""What changes while the page stays: rows that leave, counters, notices, and what is said when nothing came."""

import re

from playwright.sync_api import expect

from finpulse.identity.demo_accounts import PASSWORD

CUSTOMER = re.compile(r"/admin/crm/customer/\d+/$")


def done_buttons(page):
    return page.locator("#due-tasks").get_by_role("button", name=re.compile("^Done ?:"))


def test_a_task_done_leaves_in_place_and_the_focus_goes_to_the_next(visit):
    page = visit().open("/admin/")
    count = page.locator("nav.rail [data-count=my_day]")
    before = int(count.inner_text())
    second = (done_buttons(page).nth(1).text_content() or "").strip()
    page.evaluate("window.stayed = true")
    done_buttons(page).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Done: ")).to_be_visible()
    expect(count).to_have_text(str(before - 1))
    expect(page.locator("[data-waiting=my_day]")).to_contain_text(f"{before - 1} thing")
    expect(done_buttons(page).first).to_have_text(second)
    expect(done_buttons(page).first).to_be_focused()
    assert page.evaluate("window.stayed") is True


def test_without_script_a_task_is_done_and_the_page_comes_again(visit):
    page = visit(java_script_enabled=False).open("/admin/")
    left = done_buttons(page).count()
    done_buttons(page).first.click()
    page.wait_for_url("**/admin/")
    expect(page.get_by_role("status").filter(has_text="Done: ")).to_be_visible()
    assert done_buttons(page).count() == left - 1


def test_an_alert_read_leaves_my_day_and_the_bell_counts_one_less(visit):
    page = visit().open("/admin/")
    bell = page.locator(".bell [data-count=notifications]")
    before = int(bell.inner_text())
    page.locator("#unread").get_by_role("button", name=re.compile("^Mark read")).first.click()
    expect(page.get_by_role("status").filter(has_text="Marked read: ")).to_be_visible()
    expect(bell).to_have_text(str(before - 1))
    expect(page.locator("nav.rail [data-count=notifications]")).to_have_text(str(before - 1))


def test_in_the_centre_an_alert_stays_as_read_and_all_can_be_marked_at_once(visit):
    page = visit().open("/admin/notifications/message/")
    rows = page.locator("#notifications .worklist__item")
    listed, unread = rows.count(), rows.filter(has_text="Unread").count()
    rows.filter(has_text="Unread").first.get_by_role("button").click()
    expect(rows.filter(has_text="Unread")).to_have_count(unread - 1)
    expect(rows).to_have_count(listed)
    page.get_by_role("button", name="Mark all read").click()
    expect(page.get_by_role("status").filter(has_text="marked as read")).to_be_visible()
    expect(rows.filter(has_text="Unread")).to_have_count(0)
    expect(page.locator(".bell__count")).to_be_hidden()


def plan_for_today(visitor):
    customers = visitor.open("/admin/crm/customer/")
    form = visitor.open(f"{customers.locator('#result_list tbody th a').first.get_attribute('href')}log/")
    form.get_by_label("What was said").fill("Wants an offer today.")
    form.get_by_label("Next step").fill("Send the offer")
    form.get_by_label("By", exact=True).fill(form.evaluate("new Date().toLocaleDateString('sv')"))
    form.get_by_role("main").get_by_role("button", name="Save").click()
    form.wait_for_load_state()


def test_the_last_row_done_shows_what_stands_there_when_nothing_is_left(visit):
    visitor = visit("bob", timezone_id="Europe/Prague")
    plan_for_today(visitor)
    page = visitor.open("/admin/")
    for left in range(done_buttons(page).count(), 0, -1):
        expect(done_buttons(page)).to_have_count(left)
        done_buttons(page).first.click()
    expect(page.locator("#due-tasks")).to_contain_text("Nothing is due")
    expect(page.locator("#due-tasks h2")).to_be_focused()


def test_a_lost_network_and_a_row_that_is_gone_each_say_a_sentence_and_the_row_stays(visit):
    visitor = visit("charlie")
    page = visitor.open("/admin/")
    rows = done_buttons(page).count()
    for answer, sentence in (
        (lambda route: route.abort(), "The network is away"),
        (lambda route: route.fulfill(status=404, body="<p>no</p>"), "It is not here any more"),
        (lambda route: route.fulfill(status=500, body="<p>no</p>"), "Something went wrong on our side"),
    ):
        page.route("**/done/", answer)
        done_buttons(page).first.click()
        expect(page.get_by_role("alert").filter(has_text=sentence)).to_be_visible()
        page.unroute("**/done/")
    assert done_buttons(page).count() == rows
    visitor.troubles.clear()


def test_a_session_that_ended_leads_the_whole_page_to_sign_in_and_back(visit):
    visitor = visit("charlie")
    page = visitor.open("/admin/")
    visitor.context.clear_cookies(name="sessionid")
    done_buttons(page).first.click()
    page.wait_for_url("**/admin/login/?next=%2Fadmin%2F")


def test_the_search_offers_customers_as_one_types_and_the_keyboard_opens_one(visit):
    page = visit().open("/admin/")
    field = page.get_by_label("Search customers")
    field.press_sequentially("novakova el")
    option = page.get_by_role("option", name=re.compile("^Eliška Nováková")).first
    expect(option).to_be_visible()
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Escape")
    expect(option).to_be_hidden()
    expect(field).to_have_value("novakova el")
    field.press("k")
    expect(page.get_by_role("option", name=re.compile("^Nobody in your care matches"))).to_be_visible()
    field.press("Backspace")
    expect(option).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(CUSTOMER)


def test_what_a_lost_network_did_not_find_is_asked_for_again(visit):
    visitor = visit()
    page = visitor.open("/admin/")
    field = page.get_by_label("Search customers")
    page.route("**/find/**", lambda route: route.abort())
    field.press_sequentially("novakova el")
    expect(page.get_by_role("alert").filter(has_text="The network is away")).to_be_visible()
    page.unroute("**/find/**")
    field.press("x")
    field.press("Backspace")
    expect(page.get_by_role("option", name=re.compile("^Eliška Nováková")).first).to_be_visible()
    visitor.troubles.clear()


def test_an_interaction_is_logged_over_the_page_and_stands_in_its_timeline(visit):
    page = visit().open("/admin/crm/customer/")
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_url(CUSTOMER)
    page.keyboard.press("l")
    dialog = page.get_by_role("dialog", name=re.compile("^Log interaction with"))
    expect(dialog.get_by_label("What was said")).to_be_focused()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Please correct")
    dialog.get_by_label("What was said").fill("Wants a mortgage in May.")
    page.keyboard.press("Escape")
    dialog.get_by_role("button", name="Keep writing").click()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("status").filter(has_text="Logged with")).to_be_visible()
    expect(page.locator("#timeline")).to_contain_text("Wants a mortgage in May.")
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('finpulse.draft'))") == []


def test_from_my_day_the_dialog_asks_with_whom_first(visit):
    page = visit().open("/admin/")
    page.get_by_role("banner").get_by_role("link", name=re.compile("^Log interaction")).click()
    dialog = page.get_by_role("dialog", name="Log interaction")
    dialog.get_by_label("With whom?").fill("novakova")
    expect(dialog.get_by_role("link", name=re.compile("Nováková")).first).to_be_visible()
    dialog.get_by_label("With whom?").fill("novakova eliska")
    page.keyboard.press("Enter")
    dialog.get_by_role("link", name="Eliška Nováková").first.click()
    expect(page.get_by_role("dialog", name=re.compile("with Eliška")).get_by_label("What was said")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#dialog")).to_be_hidden()
    assert page.url.endswith("/admin/")


def test_what_was_typed_outlives_a_lost_session_and_not_the_sign_out(visit):
    visitor = visit("charlie")
    page = visitor.open("/admin/crm/customer/")
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_url(CUSTOMER)
    page.keyboard.press("l")
    page.locator("#dialog").get_by_label("What was said").fill("A long talk about the estate.")
    visitor.context.clear_cookies(name="sessionid")
    page.locator("#dialog").get_by_role("button", name="Save").click()
    page.wait_for_url("**/admin/login/?next=*")
    page.get_by_label("User name").fill("charlie")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in with a password").click()
    page.wait_for_url(CUSTOMER)
    page.keyboard.press("l")
    expect(page.locator("#dialog").get_by_label("What was said")).to_have_value("A long talk about the estate.")
    expect(page.locator("#dialog")).to_contain_text("is here again")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/admin/login/")
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('finpulse.draft'))") == []
