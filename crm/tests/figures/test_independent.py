"""Every customer's page totals equal an independent SQL computation, and so do those of managers and units."""

from __future__ import annotations

import pytest
from django.db import connection

from crm.models import Customer, HoldingParty, UnitFigures
from crm.selectors.gathered import gather
from crm.selectors.sums import Sum
from crm.services.unit_figures import unit_figures_roll_up
from crm.tests.demo.conftest import TODAY
from crm.tests.feed.feeds import berka_feed
from crm.tests.figures.independent import FIGURES, MANAGERS, UNITS, compared, differing, independent, sums_of
from finpulse.identity.models import User

# Of a group of connected clients, of nobody else.
GATHERED = tuple(name for name in FIGURES if name != "exposure")
STORED = ("deposits", "investments", "lending_drawn", "undrawn", "guarantees")


@pytest.fixture
def of_compliance():
    """Somebody who sees them all."""
    return User.objects.with_access().get(username="grace")


def page_differences(user):
    """Give how many customers were compared, how many have anything at all, and what differs."""
    found = list(compared(user, TODAY))
    return len(found), {customer.customer_no: differs for customer, differs in found if differs}


def test_the_page_of_every_customer_of_the_czech_bank_equals_the_statement(tmp_path, people):
    berka_feed(tmp_path / "berka").load()
    # As autovacuum does soon after a load: statistics of another test's bank make each page a walk through all tables.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    customers, differences = page_differences(people.grace)
    print(f"\nCzech bank: {customers:,} customers compared, {len(differences)} differ")  # noqa: T201 - for who asks
    assert (customers, differences) == (5369, {})
    assert_managers_and_units_equal_the_statement(people.grace)


@pytest.mark.usefixtures("bank_of_1500")
def test_the_page_of_every_customer_of_a_seeded_bank_equals_the_statement(of_compliance):
    customers, differences = page_differences(of_compliance)
    print(f"\nSeeded bank: {customers:,} customers compared, {len(differences)} differ")  # noqa: T201 - for who asks
    assert (customers, differences) == (1500, {})
    assert set(HoldingParty.objects.values_list("role", flat=True)) == set(HoldingParty.Role.values)


@pytest.mark.usefixtures("bank_of_1500")
def test_the_figures_of_managers_and_units_of_a_seeded_bank_equal_the_statement(of_compliance):
    assert Customer.objects.filter(restricted=True).exists()
    assert_managers_and_units_equal_the_statement(of_compliance)


def assert_managers_and_units_equal_the_statement(user):
    managed = Customer.objects.visible_to(user).exclude(manager=None)
    books = gather(managed.values_list("pk", "manager"), TODAY).of
    theirs = independent(MANAGERS, TODAY)
    assert set(books) == set(theirs) != set()
    for manager, book in books.items():
        told = {name: total for name, total in theirs[manager].items() if name in GATHERED}
        assert differing(sums_of(book.figures, GATHERED), told) == {}, manager
    unit_figures_roll_up(today=TODAY, actor=None)
    stored = stored_figures()
    theirs = independent(UNITS, TODAY)
    assert set(stored) == set(theirs) != set()
    for unit, figures in stored.items():
        assert figures == {name: known(theirs[unit].get(name)) for name in STORED}, unit


def stored_figures():
    """Give by unit its stored amounts, without zeros, and how many are not known, by name."""
    found = {}
    for row in UnitFigures.objects.filter(as_of=TODAY):
        figures = found.setdefault(row.unit_id, {name: ({}, 0) for name in STORED})
        for name in STORED:
            amounts, not_known = figures[name]
            amounts |= {row.currency: getattr(row, name)} if getattr(row, name) else {}
            figures[name] = amounts, not_known + getattr(row, f"{name}_not_known")
    return found


def known(total):
    total = total or Sum()
    return {currency: amount for currency, amount in total.amounts.items() if amount}, total.not_known
