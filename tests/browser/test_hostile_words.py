"""Words that would be markup, and words without end, stay words within the window."""

import pytest

from tests.invariants.hostile import MARK, WORDS

WIDTHS = (390, 1024, 1600)


@pytest.mark.parametrize("number", [0, 3, 5])
def test_what_was_said_and_what_is_next_are_shown_as_typed_within_the_window(visit, number):
    words = WORDS[number]
    visitor = visit("bob")
    customers = visitor.open("/admin/crm/customer/")
    page_of_customer = str(customers.locator("#result_list tbody th a").first.get_attribute("href"))
    form = visitor.open(f"{page_of_customer}log/")
    form.get_by_label("What was said").fill(words)
    form.get_by_label("Next step").fill(words[:200])
    form.get_by_label("By", exact=True).fill(form.evaluate("new Date().toISOString().slice(0, 10)"))
    form.get_by_role("main").get_by_role("button", name="Save").click()
    form.wait_for_url(f"**{page_of_customer}")
    for path in (page_of_customer, "/admin/", "/admin/crm/task/"):
        page = visitor.open(path)
        assert page.get_by_text(words[:30]).count() > 0, path
        assert page.locator(MARK).count() == 0, path
        visitor.check_width(*WIDTHS)
