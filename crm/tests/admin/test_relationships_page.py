"""With whom a customer belongs, on his own page of relationships."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.tests.factories import (
    CustomerFactory,
    ExchangeRateFactory,
    HoldingFactory,
    PartyFactory,
    RelationshipFactory,
)
from finpulse.audit.models import AuditEvent


@pytest.fixture
def page_of(client, people):
    def read(name, customer):
        client.force_login(getattr(people, name), backend="finpulse.identity.backends.RoleAndScopeBackend")
        return client.get(f"/admin/crm/customer/{customer.pk}/relationships/")

    return read


def words(response, panel):
    """Give the text of a panel, its blanks made one."""
    found = re.search(rf'aria-labelledby="{panel}-head">(.*?)</section>', response.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def cells(response, panel):
    """Give, by the first cell of each row, what the others say."""
    found = re.search(rf'aria-labelledby="{panel}-head">(.*?)</section>', response.content.decode(), re.DOTALL)
    rows = {}
    for row in re.findall(r"<tr>(.*?)</tr>", found[1], re.DOTALL):
        texts = [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)
        ]
        rows[texts[0]] = texts[1:]
    return rows


@pytest.fixture
def couple(bank, people):
    """own with a wife in the same book: a joint account, a deposit of hers, a loan of his, a card of his."""
    for holding in bank.holdings.values():
        holding.parties.all().delete()
    bank.joint.parties.filter(customer=bank.other_unit).delete()
    wife = CustomerFactory(manager=people.alice, family_name="Wifemarker", given_name="Eva", customer_no="W1")
    RelationshipFactory(customer=bank.own, related=wife)
    PartyFactory(holding=bank.joint, customer=wife, role="JOINT")
    HoldingFactory(customer=wife, kind="TERM_DEPOSIT", currency="EUR", balance=Decimal(100))
    HoldingFactory(customer=bank.own, kind="LOAN", balance=Decimal(-5000))
    HoldingFactory(customer=bank.own, kind="CARD", balance=Decimal(-200), credit_limit=Decimal(1000))
    today = timezone.localdate()
    ExchangeRateFactory(as_of=today - timedelta(days=1), rate=Decimal("25.5"))
    ExchangeRateFactory(as_of=today + timedelta(days=1), rate=Decimal(99))
    return wife


def test_a_household_shows_each_member_and_counts_a_joint_holding_once(page_of, bank, couple):
    shown = page_of("alice", bank.own)
    rows = cells(shown, "household")
    assert rows[f"{bank.own.name} {bank.own.customer_no} this customer"] == [
        "CZK 1,000.00",
        "–",
        "CZK 5,200.00",
        "CZK −4,200.00",
    ]
    assert rows["Eva Wifemarker W1"] == ["CZK 3,550.00", "–", "–", "CZK 3,550.00"]
    assert rows["All of the household in your care what two of them share counts once"] == [
        "CZK 3,550.00",
        "–",
        "CZK 5,200.00",
        "CZK −1,650.00",
    ]
    day = timezone.localdate() - timedelta(days=1)
    assert f"Converted at EUR 25.5 ({day.day} {day:%b %Y})" in " ".join(shown.content.decode().split())


def test_what_is_not_known_and_not_convertible_is_said_and_in_no_amount(page_of, bank, couple):
    HoldingFactory(customer=couple, balance=None)
    HoldingFactory(customer=couple, currency="KWD", balance=Decimal("1890"))
    (wife,) = (cell for name, cell in cells(page_of("alice", bank.own), "household").items() if name.startswith("Eva"))
    assert wife[0] == "CZK 3,550.00 not convertible: KWD 1,890.000 1 not known"


def test_a_group_shows_exposure_and_keeps_guarantees_apart(page_of, bank, couple, people):
    firm = CustomerFactory(manager=people.alice, kind="ORGANISATION", organisation_name="Firm", customer_no="F1")
    RelationshipFactory(customer=bank.own, related=firm, kind="SHAREHOLDER_OF", share=Decimal("0.51"))
    loan = HoldingFactory(customer=firm, kind="LOAN", balance=Decimal(-70000), credit_limit=Decimal(100000))
    PartyFactory(holding=loan, customer=bank.own, role="GUARANTOR", amount=Decimal(40000))
    PartyFactory(holding=loan, customer=couple, role="AUTHORISED")
    rows = cells(page_of("alice", firm), "group")
    assert rows["Firm F1 this customer"] == ["CZK 70,000.00", "CZK 30,000.00", "CZK 100,000.00", "–"]
    assert rows[f"{bank.own.name} {bank.own.customer_no}"] == [
        "CZK 5,200.00", "CZK 800.00", "CZK 6,000.00", "CZK 40,000.00",
    ]  # fmt: skip
    assert rows["All of the group in your care what two of them share counts once"] == [
        "CZK 75,200.00", "CZK 30,800.00", "CZK 106,000.00", "CZK 40,000.00",
    ]  # fmt: skip
    assert "household" not in page_of("alice", firm).content.decode().split("group-head")[0].partition("<main")[2]


def test_members_out_of_scope_are_never_named_or_summed_and_counted_unless_restricted(page_of, bank):
    for other in (bank.restricted, bank.other_unit):
        RelationshipFactory(customer=bank.own, related=other)
        RelationshipFactory(customer=other, related=bank.own, kind="BENEFICIAL_OWNER_OF", share=Decimal("0.9"))
    expected = {"alice": 1, "dana": 1, "erin": 0, "grace": 0}
    for reader, hidden in expected.items():
        shown = page_of(reader, bank.own)
        for panel in ("household", "group"):
            assert (f"{hidden} not in your care" in words(shown, panel)) == bool(hidden), (reader, panel)
        named = {one for one in (bank.restricted, bank.other_unit) if one.family_name in shown.content.decode()}
        assert len(named) == {"alice": 0, "dana": 0, "erin": 1, "grace": 2}[reader]
        for one in {bank.restricted, bank.other_unit} - named:
            assert f"customer/{one.pk}/" not in shown.content.decode()


def test_relationships_are_read_from_this_side_and_ended_ones_are_folded(page_of, bank, people):
    today = timezone.localdate()
    RelationshipFactory(customer=bank.pool, related=bank.own, kind="DIRECTOR_OF", since_on=date(2019, 3, 1))
    RelationshipFactory(customer=bank.own, related=bank.same_unit, kind="PARTNER", until_on=today)
    RelationshipFactory(
        customer=bank.other_unit,
        related=bank.own,
        kind="SHAREHOLDER_OF",
        since_on=date(2001, 9, 9),
        share=Decimal("0.25"),
    )
    shown = page_of("dana", bank.own)
    direct, _, ended = words(shown, "direct").partition("1 ended")
    assert f"Director {bank.pool.name} {bank.pool.customer_no} – 1 Mar 2019 –" in direct
    assert "Shareholder not in your care 25.00 % – –" in direct
    assert "2001" not in direct
    assert bank.same_unit.name in ended


def test_without_anybody_the_page_says_what_would_be_here(page_of, bank):
    text = page_of("alice", bank.own).content.decode()
    for sentence in ("Nobody else belongs to the household", "Nobody controls this customer", "No relationships yet"):
        assert sentence in text


def test_a_look_is_written_down_and_another_s_customer_is_404(page_of, bank, people):
    assert page_of("alice", bank.other_unit).status_code == 404
    assert page_of("heidi", bank.own).status_code == 404
    assert not AuditEvent.objects.filter(verb="crm.customer.viewed").exists()
    assert page_of("alice", bank.own).status_code == 200
    assert AuditEvent.objects.get(verb="crm.customer.viewed").detail["surface"] == "relationships"


def test_the_page_costs_the_same_for_two_and_for_forty(page_of, bank, people):
    def relatives(count):
        for _ in range(count):
            other = HoldingFactory(customer=CustomerFactory(manager=people.alice)).customer
            RelationshipFactory(customer=bank.own, related=other)
            RelationshipFactory(customer=bank.own, related=other, kind="PARENT_COMPANY_OF")

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert page_of("alice", bank.own).status_code == 200
        return len(asked)

    relatives(2)
    cost()
    few = cost()
    relatives(38)
    assert cost() == few
