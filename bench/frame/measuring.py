"""Both consoles by turns."""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product

from playwright.sync_api import Browser, BrowserContext, StorageState

from bench.frame.browser import NETWORKS, Network, Visit, chromium, newcomer, signed_in, visit
from bench.frame.pages import WHO, Page

CACHES = ("cold", "warm")


@dataclass
class Console:
    """Ours or stock, and somebody who is signed in there."""

    name: str
    address: str
    browser: Browser
    session: StorageState

    @contextmanager
    def newcomer(self) -> Iterator[BrowserContext]:
        """Give a browser with an empty cache."""
        with newcomer(self.browser, self.address, self.session) as context:
            yield context


@dataclass
class Measured:
    """One page: visits by console, network and cache; sizes of what it consists of, by console."""

    page: Page
    visits: dict[tuple[str, str, str], list[Visit]] = field(default_factory=lambda: defaultdict(list))
    sizes: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)

    def of(self, name: str, cache: str) -> list[Visit]:
        """Give a console's visits on whatever network."""
        return [
            one
            for (console, _, state), all_ in self.visits.items()
            if (console, state) == (name, cache)
            for one in all_
        ]

    def look(self, console: Console, network: Network, run: int) -> None:
        """Visit twice: with an empty cache, and with what that left."""
        urls = self.page.urls[console.name]
        with console.newcomer() as context:
            for cache in CACHES:
                seen = visit(context, urls[run % len(urls)], network)
                self.visits[console.name, network.name, cache].append(seen)

    def weigh(self, console: Console) -> None:
        """Weigh what the first visit asked for: as it is, and by one gzip for both consoles."""
        sizes: dict[str, Counter[str]] = {"plain": Counter(), "gzip": Counter()}
        with console.newcomer() as context:
            for kind, url in self.of(console.name, "cold")[0].asked:
                body = context.request.get(url).body()
                sizes["plain"][kind] += len(body)
                sizes["gzip"][kind] += len(gzip.compress(body, 6, mtime=0))
        self.sizes[console.name] = sizes


def measure(addresses: dict[str, str], pages: list[Page], *, runs: int, networks: str) -> list[Measured]:
    """Give what each page cost in each console."""
    measured = [Measured(page) for page in pages]
    conditions = [network for network in NETWORKS if networks in network.name]
    with chromium() as browser:
        consoles = [
            Console(name, address, browser, signed_in(browser, address, WHO)) for name, address in addresses.items()
        ]
        for one, network, run in product(measured, conditions, range(runs)):
            # Who comes first takes turns too.
            for console in consoles[:: -1 if run % 2 else 1]:
                one.look(console, network, run)
        for one, console in product(measured, consoles):
            one.weigh(console)
    return measured
