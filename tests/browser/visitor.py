"""Somebody at a browser who notices what a page does wrong."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.browser.tally import Tally

# The observers are there before the page's first byte is read: what happens while it loads is noticed too.
OBSERVERS = """
window.violations = [];
window.shift = 0;
window.moved = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective} refuses ${event.blockedURI || event.sourceFile}`));
new PerformanceObserver((list) => {
  for (const entry of list.getEntries().filter((entry) => !entry.hadRecentInput)) {
    window.shift += entry.value;
    for (const {node} of entry.sources) window.moved.push(node?.className || node?.nodeName);
  }
}).observe({type: "layout-shift", buffered: true});
"""
# The window's new width reaches the page a frame or two after it was asked for; measured before, it is the old one's.
SETTLED = """(width) => new Promise((resolve) => {
  const look = () => requestAnimationFrame(() => requestAnimationFrame(() =>
    window.innerWidth === width ? resolve() : look()));
  look();
})"""
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
# What reaches past the window's edge where the document scrolls sideways: elements, or else words that do not break.
WIDER = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const past = [...document.querySelectorAll("body *")]
    .filter((element) => Math.max(element.getBoundingClientRect().right, element.scrollWidth) > width + 1)
    .slice(-5).map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  return past.length ? past : ["words"];
}"""
OK, NOT_MODIFIED = 200, 304
Theme = Literal["light", "dark"]
HEIGHT = 900


class Visitor:
    """One page in a browser. `troubles` are console and script errors, what the policy refused, requests that failed
    or left the host, and what scrolls sideways.
    """

    def __init__(
        self,
        web: str,
        browser: Browser,
        *,
        width: int = 1440,
        theme: Theme = "light",
        tally: Tally | None = None,
        context: BrowserContext | None = None,
        provider: str = "",
        **options: Any,
    ) -> None:
        """Open a page in a context of its own, or in one that is left open at the end."""
        self.web = web
        self.provider = provider
        self._asked: set[str] = set()
        self.tally = tally or Tally()
        self.troubles: list[str] = []
        self.expected = OK
        self.context = context or new_context(web, browser, width=width, theme=theme, **options)
        self._is_own = context is None
        self.page: Page = self.context.new_page()
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._report(f"script error: {error}"))
        self.page.on("request", self._see)
        self.page.on("response", self._receive)
        self.page.on("requestfailed", self._miss)

    def sign_in(self, username: str, password: str) -> None:
        """Fill in the form of the sign-in page."""
        self.page.goto("/admin/login/")
        self.page.get_by_label("User name").fill(username)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in with a password").click()
        self.page.wait_for_url("**/admin/")

    def open(self, path: str, status: int = OK) -> Page:
        """Open a page that must answer so, and note what its policy refused."""
        self.expected = status
        response = self.page.goto(path)
        if response is None or response.status != status:
            self._report(f"status {response.status if response else 'none'}")
        self.check_policy()
        return self.page

    def check_policy(self) -> None:
        """Note what the page's policy refused since it was opened."""
        for violation in self.page.evaluate("window.violations.splice(0)"):
            self._report(violation)

    def check_shift(self, most: float) -> None:
        """Note by how much the page moved while it loaded, when that is more than `most` (cumulative layout shift)."""
        self.page.evaluate(FRAMES)
        shift = float(self.page.evaluate("window.shift"))
        self.tally.most_shift = max(self.tally.most_shift, shift)
        if shift >= most:
            self.note(f"moves by {shift:.3f} while it loads: {self.page.evaluate('window.moved')}")

    def navigation(self) -> list[str]:
        """Give the addresses that the rail offers."""
        self.open("/admin/")
        links = self.page.locator("nav.rail ul a")
        return [str(link.get_attribute("href")) for link in links.all()]

    def check_width(self, *widths: int) -> None:
        """Note what makes the page scroll sideways at each width."""
        for width in widths:
            self.resize(width)
            self.tally.widths[width] += 1
            if wider := self.page.evaluate(WIDER):
                self.note(f"scrolls sideways at {width} px: {', '.join(wider)}")

    def resize(self, width: int) -> None:
        """Make the window so wide, and wait until the page knows."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.evaluate(SETTLED, width)

    def hosts_asked(self) -> set[str]:
        """Give who was asked for something since the last call."""
        asked, self._asked = self._asked, set()
        return asked

    def close(self) -> None:
        """Leave."""
        if self._is_own:
            self.context.close()
        else:
            self.page.close()

    def note(self, what: str) -> None:
        """Remember what is wrong with the page that is open."""
        self.troubles.append(f"{urlsplit(self.page.url).path}: {what}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _hear(self, message: ConsoleMessage) -> None:
        # The browser says that the page's own answer was an error: here such a page was asked for.
        is_expected = self.expected != OK and f"status of {self.expected}" in message.text
        # Nor is it for us what the provider's own page lacks.
        is_ours = not self.provider or not self.page.url.startswith(f"{self.provider}/")
        if message.type == "error" and is_ours and not is_expected:
            self._report(message.text)

    def _see(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme == "data":
            return
        self.tally.requests += 1
        self.tally.hosts[parts.netloc] += 1
        host = f"{parts.scheme}://{parts.netloc}"
        self._asked.add(host)
        if host not in (self.web, self.provider):
            self._report(f"asks {request.url}")

    def _miss(self, request: Request) -> None:
        # What the next page overtakes, or the next word of a search, is given up by the browser, not refused to it.
        if "ERR_ABORTED" not in (request.failure or ""):
            self._report(f"{request.url} failed: {request.failure}")

    def _report(self, what: str) -> None:
        self.tally.reports += 1
        self.note(what)

    def _receive(self, response: Response) -> None:
        is_page = response.request.is_navigation_request()
        if not is_page and not response.ok and response.status != NOT_MODIFIED:
            self._report(f"{response.url} answers {response.status}")


def new_context(
    web: str, browser: Browser, *, width: int = 1440, theme: Theme = "light", **options: Any
) -> BrowserContext:
    """Open what keeps cookies and storage of one person."""
    context = browser.new_context(
        base_url=web,
        viewport={"width": width, "height": HEIGHT},
        color_scheme=theme,
        reduced_motion="reduce",
        **options,
    )
    context.add_init_script(OBSERVERS)
    return context
