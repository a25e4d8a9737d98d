"""The gate can fail: what a page does wrong is noticed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import axe
from tests.browser.keyboard import Keyboard
from tests.browser.visitor import Visitor

# What is done to a good page, and the words of the trouble that must come of it.
FAULTS = {
    "an inline style": ("document.querySelector('h1').setAttribute('style', 'color: red')", "style-src-attr refuses"),
    "an inline script": (
        "document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))",
        "script-src-elem refuses",
    ),
    "a file that is not there": ("fetch('/static/no-such-file.js').catch(() => 0)", "answers 404"),
    "another host": ("fetch('http://127.0.0.2:9/').catch(() => 0)", "connect-src refuses http://127.0.0.2:9/"),
    "an error of a script": ("setTimeout(() => { throw new Error('lost') })", "script error: lost"),
    "a wide block": (
        "document.querySelector('h1').style.width = '3000px'",
        "scrolls sideways at 1024 px",
    ),
    "a late block": (
        "document.querySelector('main').prepend(Object.assign(document.createElement('img'), {height: 600}))",
        "moves by",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_noticed(visit: Callable[..., Visitor], fault: str) -> None:
    deed, words = FAULTS[fault]
    visitor = visit("")
    page = visitor.open("/admin/login/")
    assert visitor.troubles == []
    page.evaluate(deed)
    page.wait_for_timeout(300)
    visitor.check_policy()
    visitor.check_shift(0.02)
    visitor.check_width(1024)
    noticed, visitor.troubles = visitor.troubles, []
    assert any(words in trouble for trouble in noticed), noticed


def test_an_image_without_words_and_a_pale_ink_are_noticed(visit: Callable[..., Visitor]) -> None:
    page = visit("").open("/admin/login/")
    assert axe.run(page) == []
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    page.evaluate("document.querySelector('h1').style.color = '#ccc'")
    assert {finding.rule for finding in axe.run(page) if finding.broken} == {"image-alt", "color-contrast"}


def test_a_stop_without_a_ring_and_a_lost_focus_are_noticed(visit: Callable[..., Visitor]) -> None:
    page: Page = visit("").open("/admin/login/")
    keyboard = Keyboard(page)
    page.locator("a.button--primary").evaluate("(link) => { link.style.outline = '0'; link.focus(); }")
    keyboard.look()
    page.evaluate("document.activeElement.blur()")
    keyboard.look()
    assert ["no ring" in keyboard.troubles[0], "lost" in keyboard.troubles[1]] == [True, True]
