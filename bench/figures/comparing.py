"""The comparison, and the clock."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from time import perf_counter
from typing import Any

from django.db.models import Count

from crm.demo.plan import DemoPlan
from crm.models import Customer
from crm.selectors.portfolio import portfolio_of
from crm.services.demo import demo_bank_seed
from crm.services.unit_figures import unit_figures_roll_up
from crm.tests.figures.independent import compared
from finpulse.identity.models import User

TODAY = date(2026, 11, 23)
ROUNDS = 7


@contextmanager
def seeded(customers: int) -> Iterator[User]:
    """Make the bank; give somebody who sees all of it."""
    demo_bank_seed(plan=DemoPlan(today=TODAY, customers=customers), actor=None)
    yield User.objects.with_access().get(username="grace")


def compared_customers(reader: User) -> tuple[int, dict[str, Any]]:
    """Give how many customers were compared, and by number the figures that differ."""
    found = [(customer.customer_no, differs) for customer, differs in compared(reader, TODAY)]
    return len(found), {number: differs for number, differs in found if differs}


def timed(reader: User) -> Iterator[tuple[str, int, float]]:
    """Give each step with the customers that it is about and its seconds, the median of some rounds."""
    everybody = Customer.objects.filter(restricted=False, unit__isnull=False).count()
    yield "roll-up of all units", everybody, _median(lambda: unit_figures_roll_up(today=TODAY, actor=None), rounds=3)
    largest = Customer.objects.exclude(manager=None).values_list("manager").annotate(size=Count("pk"))
    manager, size = largest.order_by("-size").first()
    yield "the largest book", size, _median(lambda: portfolio_of(reader, TODAY, manager_id=manager))
    yield "the head office's page", everybody, _median(lambda: portfolio_of(reader, TODAY))
    for name in ("alice", "dana"):
        user = User.objects.with_access().get(username=name)
        seen = Customer.objects.visible_to(user).count()
        yield f"{name}'s own page", seen, _median(lambda user=user: portfolio_of(user, TODAY))


def _median(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    seconds = []
    for _ in range(rounds):
        started = perf_counter()
        run()
        seconds.append(perf_counter() - started)
    return statistics.median(seconds)
