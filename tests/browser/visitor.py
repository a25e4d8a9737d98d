"""Somebody at a browser who notices what a page does wrong."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective} refuses ${event.blockedURI || event.sourceFile}`));
"""
# What reaches past the window's edge where the document scrolls sideways: elements, or else words that do not break.
# The window's new width reaches the page a frame or two after it was asked for; measured before, it is the old one's.
SETTLED = """(width) => new Promise((resolve) => {
  const look = () => requestAnimationFrame(() => requestAnimationFrame(() =>
    window.innerWidth === width ? resolve() : look()));
  look();
})"""
WIDER = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const past = [...document.querySelectorAll("body *")]
    .filter((element) => Math.max(element.getBoundingClientRect().right, element.scrollWidth) > width + 1)
    .slice(-5).map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  return past.length ? past : ["words"];
}"""


class Visitor:
    """One browser context; `troubles` are console errors, policy violations and requests that leave the host."""

    def __init__(self, web: str, browser: Browser, *, width: int = 1440, theme: str = "light", **options: Any) -> None:
        self.web = web
        self.troubles: list[str] = []
        self.context = browser.new_context(
            base_url=web,
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            reduced_motion="reduce",
            **options,
        )
        self.context.add_init_script(VIOLATIONS)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._note(f"script error: {error}"))
        self.page.on("request", self._see)

    def sign_in(self, username: str, password: str) -> None:
        """Fill in the form of the sign-in page."""
        self.page.goto("/admin/login/")
        self.page.get_by_label("User name").fill(username)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in with a password").click()
        self.page.wait_for_url("**/admin/")

    def open(self, path: str) -> Page:
        """Open a page that must exist, and note what its policy refused."""
        response = self.page.goto(path)
        if response is None or not response.ok:
            self._note(f"status {response.status if response else 'none'}")
        for violation in self.page.evaluate("window.violations"):
            self._note(violation)
        return self.page

    def navigation(self) -> list[str]:
        """Give the addresses that the rail offers."""
        self.open("/admin/")
        links = self.page.locator("nav.rail ul a")
        return [str(link.get_attribute("href")) for link in links.all()]

    def check_width(self, *widths: int) -> None:
        """Note what makes the page scroll sideways at each width."""
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.evaluate(SETTLED, width)
            if wider := self.page.evaluate(WIDER):
                self._note(f"scrolls sideways at {width} px: {', '.join(wider)}")

    def close(self) -> None:
        """Leave."""
        self.context.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(message.text)

    def _see(self, request: Request) -> None:
        if urlsplit(request.url).scheme != "data" and not request.url.startswith(f"{self.web}/"):
            self._note(f"asks {request.url}")

    def _note(self, what: str) -> None:
        self.troubles.append(f"{urlsplit(self.page.url).path}: {what}")
