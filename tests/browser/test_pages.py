"""Every page of the navigation, in both themes and three widths, says nothing wrong and asks nobody else."""

import pytest

ROLES = ["alice", "dana", "erin", "frank", "grace", "heidi"]
WIDTHS = (390, 1024, 1600)


@pytest.mark.parametrize("username", ROLES)
def test_every_page_of_the_navigation_keeps_to_the_policy_and_the_window(visit, username):
    visitor = visit(username)
    pages = visitor.navigation()
    assert pages[0] == "/admin/"
    for path in pages:
        page = visitor.open(path)
        visitor.check_width(*WIDTHS)
        assert page.locator("h1").count() == 1, path
        assert page.locator("main").count() == 1, path


@pytest.mark.parametrize("username", ROLES)
def test_the_first_row_of_every_list_opens_in_the_dark(visit, username):
    visitor = visit(username, theme="dark")
    for path in visitor.navigation():
        first = visitor.open(path).locator("#result_list tbody th a").first
        if first.count():
            visitor.open(str(first.get_attribute("href")))
            visitor.check_width(*WIDTHS)


def test_pages_without_the_frame_keep_to_the_policy(visit):
    visitor = visit("")
    visitor.open("/admin/login/")
    visitor.check_width(*WIDTHS)
    page = visitor.page
    page.goto("/admin/no-such-page/")
    page.goto("/no-such-page")
    assert page.get_by_role("heading", name="Nothing here").is_visible()
    assert [trouble for trouble in visitor.troubles if "404" not in trouble] == []
    visitor.troubles.clear()
