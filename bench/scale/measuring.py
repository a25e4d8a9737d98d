"""Times over HTTP, queries in this process."""

from __future__ import annotations

import time
from dataclasses import dataclass
from http import HTTPStatus
from itertools import cycle, islice
from statistics import median, quantiles
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.scale import people, servers
from bench.scale.pages import Page, pages_of
from bench.scale.visitor import Visitor
from crm.models import Customer, Holding

WARMING = 3
BACKEND = "finpulse.identity.backends.RoleAndScopeBackend"
_NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@dataclass(frozen=True)
class Result:
    """One page for one role. Milliseconds; queries after authentication; the slowest statements of one request."""

    who: str
    page: str
    median: float
    p95: float
    queries: int
    found: str
    statements: list[tuple[float, str]]


def measure(address: str, size: int, *, keep: bool, requests: int, only: str | None) -> list[Result]:
    """Seed a bank of this size unless it is to be kept, and measure every page for every role."""
    if not keep:
        started = time.monotonic()
        said = servers.seed(size)
        print(f"{said} With the command's start {time.monotonic() - started:.1f} s.", flush=True)
    users = people.prepare()
    _print_bank(users)
    return [result for name, user in users.items() for result in _measured(address, name, user, requests, only)]


def _print_bank(users: dict[str, Any]) -> None:
    print(f"{Customer.objects.count():,} customers, {Holding.objects.count():,} holdings.")
    for name, user in users.items():
        print(f"  {name:<6} {people.WHO[name]:<28} sees {Customer.objects.visible_to(user).count():>9,}", flush=True)


def _measured(address: str, name: str, user: Any, requests: int, only: str | None) -> list[Result]:
    visitor, client = Visitor(address, name), Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend=BACKEND)
    pages = [page for page in pages_of(user) if page.urls and (only or "") in page.name]
    results = [_result(name, page, visitor, client, requests) for page in pages]
    visitor.close()
    return results


def _result(name: str, page: Page, visitor: Visitor, client: Client, requests: int) -> Result:
    urls = list(islice(cycle(page.urls), WARMING + requests))
    answers = [visitor.get(url) for url in urls][WARMING:]
    times = [seconds * 1000 for seconds, _ in answers]
    statements = _statements(client, page.urls[0])
    p95 = quantiles(times, n=20)[-1]
    return Result(name, page.name, median(times), p95, len(statements), answers[-1][1], statements)


def _statements(client: Client, url: str) -> list[tuple[float, str]]:
    """Give the statements of one request after those that authenticate: the session's and the user's."""
    with CaptureQueriesContext(connection) as caught:
        response = client.get(url)
    if response.status_code != HTTPStatus.OK:
        raise SystemExit(f"{url} answered {response.status_code}")
    counted = [query for query in caught.captured_queries if not query["sql"].startswith(_NOT_COUNTED)]
    asked = next((place for place, query in enumerate(counted) if "access_roles" in query["sql"]), -1)
    return [(float(query["time"]) * 1000, query["sql"]) for query in counted[asked + 1 :]]
