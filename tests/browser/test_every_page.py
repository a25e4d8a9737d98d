"""Every page of the console, in every state: WCAG 2.2 A and AA in both themes, the policy, the window's edge."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.access.pages import CONSOLE
from tests.access.routes import all_routes
from tests.browser import axe
from tests.browser.no_page import NO_PAGE
from tests.browser.sight import Sight
from tests.browser.sights import SIGHTS
from tests.browser.tally import Tally
from tests.browser.visitor import Visitor

THEMES = ("light", "dark")
WIDTHS = (390, 1024, 1600)
# WCAG 2.2, 1.4.10: at 320 CSS pixels, which is 1280 at a zoom of 400 %, nothing is read by scrolling in two directions.
REFLOW = 320
PHONE = 390
# A busy machine paints a long table in two goes, and its columns settle once; 0.1 is what web.dev calls good.
MOST_SHIFT = 0.05


@pytest.mark.parametrize("sight", SIGHTS, ids=str)
def test_it_keeps_wcag_the_policy_and_the_window(
    stay: Callable[..., Visitor], keys: dict[str, int], tally: Tally, sight: Sight
) -> None:
    visitor = stay(sight.user, width=sight.width)
    visitor.open(sight.path.format(**keys), sight.status)
    visitor.check_shift(MOST_SHIFT)
    sight.do(visitor.page)
    tally.pages.add(sight.name)
    _check_axe(visitor, *THEMES)
    visitor.check_policy()
    if sight.width != PHONE:
        visitor.check_width(*WIDTHS, *([REFLOW] if sight.narrow else []))
    if sight.narrow:
        visitor.resize(PHONE)
        # A colour does not change with the width.
        _check_axe(visitor, "light")


def _check_axe(visitor: Visitor, *themes: str) -> None:
    for theme in themes:
        visitor.page.emulate_media(color_scheme=theme)
        visitor.tally.looks[theme] += 1
        for finding in axe.run(visitor.page, colours_only=theme == "dark"):
            if finding.judgement >= 0:
                visitor.tally.judged[finding.judgement] += 1
                continue
            visitor.tally.violations += finding.broken
            visitor.tally.unjudged += not finding.broken
            visitor.note(f"{theme}: {finding}")


def test_every_route_of_the_console_is_a_sight_or_says_why_not() -> None:
    known = {sight.route for sight in SIGHTS if sight.route} | set(NO_PAGE) | _refused_to_all()
    routes = {route.path for route in all_routes() if not route.path.startswith("api/")}
    assert sorted(routes - known) == []
    assert sorted(known - routes) == []


def _refused_to_all() -> set[str]:
    """Give the pages that the access matrix shows to nobody."""
    refused = {"302", "403", "404", "405"}
    return {path for path, answers in CONSOLE.items() if set(answers["get"].split()) <= refused} - set(NO_PAGE)
