"""Chromium: one visit to a page, and what it cost."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, StorageState, sync_playwright

from finpulse.identity.demo_accounts import PASSWORD

ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]
VIEWPORT = {"width": 1440, "height": 900}
KINDS = {"Document": "HTML", "Stylesheet": "CSS", "Script": "JS", "Image": "images", "Other": "images"}
# Milliseconds since the navigation began. The page has settled two frames after it was loaded.
TIMES = """() => new Promise((resolve) => {
  const seen = {lcp: 0, cls: 0};
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.lcp = entry.startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.cls += entry.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => {
    const [navigation] = performance.getEntriesByType("navigation");
    const paints = Object.fromEntries(performance.getEntriesByType("paint").map((one) => [one.name, one.startTime]));
    resolve({"first byte": navigation.responseStart, "first paint": paints["first-paint"],
      "first contentful paint": paints["first-contentful-paint"], "largest contentful paint": seen.lcp,
      "DOM content loaded": navigation.domContentLoadedEventEnd, "layout shift": seen.cls});
  })), 100);
})"""


@dataclass(frozen=True)
class Network:
    """What lies between: round trip in ms, bits per second down, how many times slower the processor is."""

    name: str
    round_trip: float = 0
    down: float = 0
    slower: float = 1


NETWORKS = (Network("loopback"), Network("office", 20, 20e6), Network("slow", 20, 20e6, 4))


@dataclass
class Visit:
    """Bytes over the wire and requests by kind, what was asked for, and the times."""

    sent: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)
    asked: list[tuple[str, str]] = field(default_factory=list)
    times: dict[str, float] = field(default_factory=dict)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a running Chromium."""
    program = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if program is None:
        raise SystemExit("This measurement looks at pages in Chromium: install chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


def signed_in(browser: Browser, address: str, username: str) -> StorageState:
    """Sign in by the console's own form and give the session."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/admin/login/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/admin/")
    state = context.storage_state()
    context.close()
    return state


@contextmanager
def newcomer(browser: Browser, address: str, session: StorageState) -> Iterator[BrowserContext]:
    """Give a signed-in browser with an empty cache."""
    context = browser.new_context(base_url=address, storage_state=session, viewport=VIEWPORT)
    yield context
    context.close()


def visit(context: BrowserContext, url: str, network: Network) -> Visit:
    """Open a page in a new tab and give what it cost."""
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    seen = _Listener(protocol)
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": network.slower})
    if network.round_trip:
        speed = network.down / 8
        limits = {"latency": network.round_trip, "downloadThroughput": speed, "uploadThroughput": speed}
        protocol.send("Network.emulateNetworkConditions", {"offline": False, **limits})
    response = page.goto(url, wait_until="load")
    if response is None or not response.ok or page.locator("[name=password]").count():
        raise SystemExit(f"{url} answered {response.status if response else 'nothing'}")
    result = seen.visit
    result.times = page.evaluate(TIMES)
    page.close()
    return result


class _Listener:
    """Adds up what the browser tells of its requests; what its cache gave costs nothing."""

    def __init__(self, protocol: Any) -> None:
        self.visit = Visit()
        self._kinds: dict[str, str] = {}
        protocol.on("Network.requestServedFromCache", lambda event: self._kinds.pop(event["requestId"], None))
        protocol.on("Network.requestWillBeSent", self._asked)
        protocol.on("Network.responseReceived", self._received)
        protocol.on("Network.loadingFinished", self._finished)
        protocol.send("Network.enable")

    def _asked(self, event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        if not url.startswith("data:"):
            kind = KINDS.get(event["type"], event["type"])
            self._kinds[event["requestId"]] = kind
            self.visit.asked.append((kind, url))

    def _received(self, event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache"):
            self._kinds.pop(event["requestId"], None)

    def _finished(self, event: dict[str, Any]) -> None:
        if kind := self._kinds.pop(event["requestId"], None):
            self.visit.sent[kind] += event["encodedDataLength"]
            self.visit.requests[kind] += 1
