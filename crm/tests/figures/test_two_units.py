"""A joint holding, an authorised person and a guarantor over two units: what each colleague sees, cell by cell.

North's customers are in alice's charge (dana supervises North), South's in charlie's; erin sees both.
"""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from crm.masking import masked
from crm.models import HoldingParty
from crm.services.unit_figures import unit_figures_roll_up
from crm.tests.factories import CustomerFactory, HoldingFactory, PartyFactory
from finpulse.kernel.money import amount_text

COLLEAGUES = ("alice", "dana", "charlie", "erin")
# The customer page of a party: how the holding's number, its balance and the other party are shown; "404" is no page.
PAGES = {
    # holding and party            alice                     dana                      charlie                   erin
    "joint: owner in North": ("full, balance, role", "full, balance, role", "404", "full, balance, name"),
    "joint: joint in South": ("404", "404", "full, balance, role", "full, balance, name"),
    "authorised: owner in South": ("404", "404", "full, balance, role", "full, balance, name"),
    "authorised: authorised in North": ("masked, -, role", "masked, -, role", "404", "masked, -, name"),
    "guaranteed: owner in South": ("404", "404", "full, balance, role", "full, balance, name"),
    "guaranteed: guarantor in North": (
        "masked, guarantee, role", "masked, guarantee, role", "404", "masked, guarantee, name",
    ),
}  # fmt: skip
# holdings/{id}/parties/: of each party his name, or his role alone; "+500" with the amount guaranteed.
PARTIES = {
    "joint": ("OWNER name, JOINT role", "OWNER name, JOINT role", "OWNER role, JOINT name", "OWNER name, JOINT name"),
    "authorised": ("404", "404", "OWNER name, AUTHORISED role", "OWNER name, AUTHORISED name"),
    "guaranteed": ("404", "404", "OWNER name, GUARANTOR role", "OWNER name, GUARANTOR name +500.00"),
}
# customers/{id}/figures/: deposits, lending drawn, guarantees given, in which the one holding counts.
FIGURES = {
    "joint: owner in North": ("1000.00, -, -", "1000.00, -, -", "404", "1000.00, -, -"),
    "joint: joint in South": ("404", "404", "1000.00, -, -", "1000.00, -, -"),
    "authorised: owner in South": ("404", "404", "2000.00, -, -", "2000.00, -, -"),
    "authorised: authorised in North": ("-, -, -", "-, -, -", "404", "-, -, -"),
    "guaranteed: owner in South": ("404", "404", "-, 3000.00, -", "-, 3000.00, -"),
    "guaranteed: guarantor in North": ("-, -, 500.00", "-, -, 500.00", "404", "-, -, 500.00"),
}
# portfolio/: alice's book, North, charlie's book, the head office; the joint holding counts once in that.
PORTFOLIOS = {
    "own": ("1000.00, -, 500.00", "1000.00, -, 500.00", "3000.00, 3000.00, -", "3000.00, 3000.00, 500.00"),
}


@pytest.fixture
def parties(people, units):
    """Six customers with a part in three holdings, by the words of the tables."""
    holdings, customers = {}, {}

    def customer(unit, family_name):
        manager = {"North": people.alice, "South": people.charlie}[unit]
        return CustomerFactory(manager=manager, unit=units[unit.upper()], family_name=family_name)

    def shared(name, owner_in, role, other_in, *, amount=None, **facts):
        owner, other = customer(owner_in, f"{name.title()}first"), customer(other_in, f"{name.title()}second")
        holding = HoldingFactory(customer=owner, holding_no=f"LONGNUMBER-{name}-{len(holdings)}417", **facts)
        PartyFactory(holding=holding, customer=other, role=role, amount=amount)
        holdings[name] = holding
        customers[f"{name}: owner in {owner_in}"] = SimpleNamespace(
            customer=owner, other=other, holding=holding, amount=None
        )
        customers[f"{name}: {role.lower()} in {other_in}"] = SimpleNamespace(
            customer=other, other=owner, holding=holding, amount=amount
        )

    role = HoldingParty.Role
    shared("joint", "North", role.JOINT, "South", balance=Decimal(1000))
    shared("authorised", "South", role.AUTHORISED, "North", balance=Decimal(2000))
    shared("guaranteed", "South", role.GUARANTOR, "North", amount=Decimal(500), balance=Decimal(-3000), kind="LOAN")
    unit_figures_roll_up(today=timezone.localdate(), actor=None)
    return SimpleNamespace(holdings=holdings, customers=customers)


@pytest.fixture
def ask(people):
    """Ask as a colleague: the text of a page or the facts of a resource, None for 404."""
    clients = {name: Client() for name in COLLEAGUES}
    for name, client in clients.items():
        client.force_login(getattr(people, name), backend="finpulse.identity.backends.RoleAndScopeBackend")

    def answer(name, url):
        response = clients[name].get(url)
        assert response.status_code in (200, 404), (name, url)
        if response.status_code == 404:
            return None
        return response.json() if url.startswith("/api/") else response.content.decode()

    return answer


def on_page(text, party):
    """Say what the page of a party shows of the holding and of the other party."""
    if text is None:
        return "404"
    number = party.holding.holding_no
    shown = "full" if number in text else "masked" if masked(number) in text else "-"
    amounts = {"balance": party.holding.balance, "guarantee": party.amount}
    told = [name for name, amount in amounts.items() if amount and amount_text(amount, "CZK") in text]
    other = "name" if party.other.family_name in text else "role" if "not in your care" in text else "-"
    return f"{shown}, {' and '.join(told) or '-'}, {other}"


def in_parties(facts):
    """Say what the resource tells of each party."""
    if facts is None:
        return "404"
    told = [
        f"{row['role']} {'name' if row['name'] else 'role'}" + (f" +{row['amount']}" if row["amount"] else "")
        for row in facts["results"]
    ]
    assert all(row["customer"] for row in facts["results"] if row["name"])
    assert not any(row["customer"] or row["amount"] or row["since_on"] for row in facts["results"] if not row["name"])
    return ", ".join(told)


def in_figures(figures):
    """Say deposits, lending drawn and guarantees in the base currency."""
    return ", ".join(figures[name]["amount"] or "-" for name in ("deposits", "lending_drawn", "guarantees"))


def compare(title, table, cell):
    """Print the table as it is found, and hold it to the one that is written down."""
    found = {row: tuple(cell(name, row) for name in COLLEAGUES) for row in table}
    width = max(len(row) for row in table)
    print(f"\n{title}\n{'':{width}} | " + " | ".join(f"{name:26}" for name in COLLEAGUES))  # noqa: T201 - for who asks
    for row, cells in found.items():
        print(f"{row:{width}} | " + " | ".join(f"{one:26}" for one in cells))  # noqa: T201 - for who asks
    assert found == table


def test_a_party_s_page_shows_the_holding_by_his_part_and_the_other_party_by_scope(parties, ask):
    def cell(name, row):
        party = parties.customers[row]
        return on_page(ask(name, f"/admin/crm/customer/{party.customer.pk}/"), party)

    compare("Customer page: number, amount, other party", PAGES, cell)


def test_the_parties_of_a_holding_are_named_by_scope_to_who_sees_an_owner(parties, ask):
    def cell(name, row):
        return in_parties(ask(name, f"/api/v1/holdings/{parties.holdings[row].pk}/parties/"))

    compare("holdings/{id}/parties/", PARTIES, cell)


def test_a_holding_counts_for_its_owners_alone_and_a_guarantee_apart(parties, ask):
    def cell(name, row):
        facts = ask(name, f"/api/v1/customers/{parties.customers[row].customer.pk}/figures/")
        return "404" if facts is None else in_figures(facts["figures"])

    compare("customers/{id}/figures/: deposits, lending drawn, guarantees", FIGURES, cell)


def test_a_joint_holding_counts_in_both_books_and_once_above_them(parties, ask):
    def cell(name, row):
        return in_figures(ask(name, "/api/v1/portfolio/")["total"]["figures"])

    compare("portfolio/: deposits, lending drawn, guarantees", PORTFOLIOS, cell)
