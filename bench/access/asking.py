"""The questions, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from crm.models import Customer
from finpulse.identity.models import User
from finpulse.kernel.access.keys import keys_of

PAGE = 50
WARMING = 3


@dataclass(frozen=True)
class Cost:
    """What one question costs one asker: milliseconds, and queries each time it is asked."""

    who: str
    question: str
    median: float
    p95: float
    queries: int
    found: str


def measured(people: dict[str, User], rounds: int) -> Iterator[Cost]:
    """Give the cost of each question for each asker; "without scope" reads the same rows without asking."""
    first = Customer.objects.order_by("sort_name", "pk")
    yield cost_of("without scope", "page of 50", rounds, lambda: _page(first))
    key = first.values_list("pk", flat=True)[0]
    yield cost_of("without scope", "get", rounds, lambda: Customer.objects.get(pk=key))
    for who, user in people.items():
        print(f"{who} sees {Customer.objects.visible_to(user).count():,} customers")
        for question, run in _questions(user).items():
            yield cost_of(who, question, rounds, run)


def _questions(user: User) -> dict[str, Callable[[], Any]]:
    seen = Customer.objects.visible_to(user)
    own = seen.order_by("sort_name", "pk")[0]
    # Restricted ones first: whoever sees all others does not see those.
    candidates = Customer.objects.order_by("-restricted", "-pk")[:PAGE]
    hidden = next((customer for customer in candidates if not seen.filter(pk=customer.pk).exists()), None)
    asked = {
        "the user with his access": lambda: User.objects.with_access().get(pk=user.pk).access,
        "page of 50": lambda: _page(Customer.objects.visible_to(user).order_by("sort_name", "pk")),
        "get": lambda: Customer.objects.visible_to(user).get(pk=own.pk),
        "has_perm view": lambda: user.has_perm("crm.view_customer", Customer(pk=own.pk)),
        "has_perm change": lambda: user.has_perm("crm.change_customer", Customer(pk=own.pk)),
    }
    if hidden is not None:
        asked["get, out of scope"] = lambda: Customer.objects.visible_to(user).filter(pk=hidden.pk).first()
    return asked


def _page(rows: QuerySet[Any]) -> list[Any]:
    """Read a page as lists do: first its keys, then its rows."""
    return list(rows.model._default_manager.filter(pk__in=keys_of(rows, 0, PAGE)))


def cost_of(who: str, question: str, rounds: int, run: Callable[[], Any]) -> Cost:
    """Ask so many times, a few times before that unmeasured, and once more to count the queries."""
    for _ in range(WARMING):
        run()
    times = []
    for _ in range(rounds):
        started = perf_counter()
        found = run()
        times.append((perf_counter() - started) * 1000)
    with CaptureQueriesContext(connection) as caught:
        run()
    return Cost(who, question, median(times), quantiles(times, n=20)[-1], len(caught), _words(found))


def _words(found: Any) -> str:
    if isinstance(found, str):
        return found
    if isinstance(found, list):
        return f"{len(found)} rows"
    return str(found).lower() if isinstance(found, bool) else "nothing" if found is None else "found"
