"""What a list does at a keyboard, on a phone and without script: search, filters, columns, verbs on many rows."""

import re

from playwright.sync_api import expect

CUSTOMERS, TASKS, HOLDINGS = "/admin/crm/customer/", "/admin/crm/task/", "/admin/crm/holding/"


def test_searching_while_typing_swaps_the_list_says_the_count_and_keeps_the_focus(visit):
    page = visit().open(CUSTOMERS)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "q=" in request.url else None)
    field = page.locator("#searchbar")
    field.focus()
    page.keyboard.press("n")
    page.wait_for_timeout(700)
    assert asked == []
    page.keyboard.type("ovakova eliska", delay=20)
    page.wait_for_url("**/?q=novakova*")
    expect(page.locator("#result_list tbody th a").first).to_have_text("Eliška Nováková")
    expect(page.get_by_role("status").filter(has_text="customer")).to_have_text(re.compile(r"^\d customers?$"))
    expect(field).to_be_focused()
    assert len(asked) == 1
    page.go_back()
    expect(field).to_have_value("")
    expect(page.locator("#list-count")).not_to_have_text(re.compile(r"^\d customers?$"))


def test_what_is_typed_on_takes_the_place_of_what_was_searched(visit):
    page = visit().open(CUSTOMERS)
    field = page.locator("#searchbar")
    field.press_sequentially("nova")
    page.wait_for_url("**/?q=nova")
    field.press_sequentially("k")
    page.wait_for_url("**/?q=novak")


def test_a_filter_and_an_order_keep_what_was_searched_and_give_the_focus_back(visit):
    page = visit().open(f"{CUSTOMERS}?q=nova")
    page.locator("#filter-kind summary").click()
    page.locator("#filter-kind").get_by_role("link", name="person").click()
    page.wait_for_url("**kind__exact=PERSON*")
    expect(page.locator("#filter-kind summary")).to_be_focused()
    page.locator("#result_list thead").get_by_role("link", name="Number").click()
    page.wait_for_url("**o=*")
    assert "q=nova" in page.url
    assert "kind__exact=PERSON" in page.url


def test_an_ended_session_is_told_by_the_sign_in_page_and_not_by_an_empty_list(visit):
    page = visit().open(CUSTOMERS)
    page.context.clear_cookies()
    page.locator("#searchbar").fill("nova")
    page.wait_for_url("**/admin/login/**")


def test_keys_move_through_rows_and_select_them(visit):
    page = visit().open(TASKS)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("#result_list tbody tr").first.locator("th a")).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator(".verbs__count")).to_have_text("1 selected")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Next row")


def test_a_phone_folds_its_filters_into_one_sheet_and_shows_what_is_on_as_chips(visit):
    for script in (True, False):
        page = visit(width=390, java_script_enabled=script).page
        page.goto(f"{CUSTOMERS}?kind__exact=PERSON")
        expect(page.locator("#filter-kind")).to_be_hidden()
        page.get_by_role("button", name="Filters (1)").click()
        expect(page.locator("#filter-kind")).to_be_visible()
        page.keyboard.press("Escape")
        page.get_by_role("link", name="Remove: Kind: person").click()
        page.wait_for_url(re.compile("/customer/\\??$"))


def test_columns_are_picked_ordered_and_given_back_without_script_too(visit):
    for script in (True, False):
        page = visit("bob", java_script_enabled=script).page
        page.goto(HOLDINGS)
        standard = page.locator("#result_list thead th").all_inner_texts()
        page.get_by_role("button", name="Columns").click()
        page.get_by_label("Opened on").check()
        page.get_by_label("Rate", exact=True).uncheck()
        page.get_by_role("button", name="Move Kind up").click()
        page.get_by_role("button", name="Show these").last.click()
        if not script:
            page.goto(HOLDINGS)
        heads = page.locator("#result_list thead th").all_inner_texts()
        assert "Opened on" in heads
        assert "Rate" not in heads
        assert heads.index("Kind") < heads.index("Number")
        page.get_by_role("button", name="Columns").click()
        page.get_by_role("button", name="Back to the standard").click()
        assert page.locator("#result_list thead th").all_inner_texts() == standard


def test_many_rows_are_done_once_it_is_said_to_how_many_without_script_too(visit):
    for script in (True, False):
        page = visit("bob", java_script_enabled=script).page
        page.goto(f"{TASKS}?state__exact=OPEN")
        for place in (0, 1):
            page.locator(".action-select").nth(place).check()
        page.get_by_role("button", name="Mark done").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Mark 2 tasks done?")
        page.get_by_role("button", name="Mark 2 tasks done").click()
        page.wait_for_url("**/task/?state__exact=OPEN")
        expect(page.get_by_role("status").filter(has_text="2 marked done.")).to_be_attached()


def test_the_head_of_a_long_list_stays_in_sight(visit):
    for width in (390, 1024):
        page = visit(width=width).open(CUSTOMERS)
        head, window = page.locator("#result_list thead th").first, page.locator(".results")
        window.evaluate("element => element.scrollTo(0, 800)")
        window.scroll_into_view_if_needed()
        expect(head).to_be_in_viewport()
        above = head.evaluate("element => element.getBoundingClientRect().top")
        assert abs(above - window.evaluate("element => element.getBoundingClientRect().top")) <= 1
