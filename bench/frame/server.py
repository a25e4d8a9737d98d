"""What the server does for a page: milliseconds over HTTP, queries, and whose templates it renders."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from statistics import median

from bench.frame.pages import WHO, Page
from bench.frame.serving import FOLDERS, SETTINGS
from bench.scale.visitor import Visitor
from finpulse.local.state import CHECKOUT

WARMING, REQUESTS = 3, 40


@dataclass(frozen=True)
class Served:
    """Of one page in one console: median milliseconds of the whole HTML, queries with those of the session."""

    milliseconds: float
    queries: float


def served(pages: list[Page], addresses: dict[str, str]) -> Iterator[tuple[Page, dict[str, Served]]]:
    """Ask both consoles by turns.

    :raises SystemExit: if a stock page is rendered by a template that is not Django's.
    """
    visitors = {name: Visitor(address, WHO) for name, address in addresses.items()}
    for page in pages:
        queries = {name: _queries(name, page) for name in addresses}
        times = _times(page, visitors)
        yield page, {name: Served(median(times[name]), queries[name]) for name in addresses}
    for visitor in visitors.values():
        visitor.close()


def _times(page: Page, visitors: dict[str, Visitor]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in visitors}
    for turn, name in product(range(WARMING + REQUESTS), visitors):
        urls = page.urls[name]
        times[name].append(visitors[name].get(urls[turn % len(urls)])[0] * 1000)
    return {name: taken[WARMING:] for name, taken in times.items()}


def _queries(name: str, page: Page) -> float:
    told = _told(name, page.urls[name]).values()
    if name == "stock" and any(one["ours"] for one in told):
        raise SystemExit(f"{page.name}: a template of the stock console is not Django's own.")
    return median(one["queries"] for one in told)


def _told(name: str, urls: list[str]) -> dict[str, dict[str, int]]:
    command = [sys.executable, "-m", "bench.frame.rendering", WHO, *urls]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": SETTINGS[name], "STATIC_ROOT": str(FOLDERS[name])}
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, check=True, capture_output=True, text=True)
    told: dict[str, dict[str, int]] = json.loads(done.stdout)
    return told
