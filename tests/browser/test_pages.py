"""Every page of everybody's navigation says nothing wrong and asks nobody else; test_every_page.py looks closer."""

import pytest

ROLES = ["alice", "dana", "erin", "frank", "grace", "heidi"]
PHONE = 390


@pytest.mark.parametrize("username", ROLES)
def test_every_page_of_the_navigation_keeps_to_the_policy_and_the_window(visit, username):
    visitor = visit(username)
    pages = visitor.navigation()
    assert pages[0] == "/admin/"
    for path in pages:
        page = visitor.open(path)
        visitor.check_width(PHONE)
        assert page.locator("h1").count() == 1, path
        assert page.locator("main").count() == 1, path


def test_pages_without_the_frame_keep_to_the_policy(visit):
    visitor = visit("")
    visitor.open("/admin/login/")
    visitor.check_width(PHONE)
    page = visitor.page
    page.goto("/admin/no-such-page/")
    page.goto("/no-such-page")
    assert page.get_by_role("heading", name="Nothing here").is_visible()
    assert [trouble for trouble in visitor.troubles if "404" not in trouble] == []
    visitor.troubles.clear()
