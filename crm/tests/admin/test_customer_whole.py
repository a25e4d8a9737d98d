"""The customer page tells the whole of what he has and owes, and what of it is not known."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from crm.models import FeedLoad, Holding, HoldingParty, Relationship
from crm.selectors.months import month_ends
from crm.tests.factories import (
    BalanceFactory,
    ExchangeRateFactory,
    HoldingFactory,
    PartyFactory,
    PositionFactory,
    RelationshipFactory,
)

BUDGET = 5
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SET ")


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def read(client, people, bank):
    """Give the words of a customer's page as alice reads it."""
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")

    def words(customer=bank.own):
        response = client.get(f"/admin/crm/customer/{customer.pk}/")
        assert response.status_code == 200
        return " ".join(strip_tags(response.content.decode()).split())

    return words


def test_totals_are_converted_at_a_dated_rate(read, bank, today):
    ExchangeRateFactory(as_of=today, rate=Decimal("24.52"))
    HoldingFactory(customer=bank.own, currency="EUR", balance=Decimal(100))
    words = read()
    assert "EUR 100.00 at 24.52" in words
    assert "Deposits CZK 4,452" in words
    assert f"In CZK at EUR 24.52 of {today.day} {today:%b %Y}." in words


def test_what_has_no_rate_is_not_convertible_and_never_one_to_one(read, bank):
    HoldingFactory(customer=bank.own, kind="INVESTMENT", currency="ISK", balance=Decimal(5000))
    words = read()
    assert "Investments ISK 5,000 not convertible" in words
    assert "Net position CZK 2,000 ISK 5,000 not convertible" in words


def test_what_is_not_known_is_counted_beside_the_known_part(read, bank):
    HoldingFactory(customer=bank.own, kind="CARD", balance=None, credit_limit=Decimal(50_000))
    assert "Lending drawn not known" in read()
    assert "undrawn 1 not known" in read()
    assert "Net position CZK 2,000 1 not known" in read()


def test_a_guarantee_stands_apart(read, bank):
    loan = HoldingFactory(customer=bank.other_unit, kind="LOAN", balance=Decimal(-900_000))
    PartyFactory(holding=loan, customer=bank.own, role=HoldingParty.Role.GUARANTOR, amount=Decimal(300_000))
    words = read()
    assert "guaranteed for others CZK 300,000" in words
    assert "900,000" not in words
    assert "Net position CZK 2,000" in words


def test_arrears_and_default_are_said_on_the_row_and_in_the_head(read, bank):
    facts = {"customer": bank.own, "kind": "LOAN", "balance": Decimal(-1000), "overdue_amount": Decimal(120)}
    HoldingFactory(**facts, days_past_due=30)
    assert "30 days past due CZK 120.00 overdue" in read()
    assert "In default" not in read()
    HoldingFactory(**facts, days_past_due=120)
    assert read().count("In default, 120 days past due") == 2


def test_a_part_says_its_share_and_its_end(read, bank, today):
    until = today + timedelta(days=40)
    PartyFactory(
        holding=bank.holdings["own"], customer=bank.other_unit, role="JOINT", share=Decimal("0.25"), until_on=until
    )
    assert f"Joint owner, 25.00 %: not in your care, until {until.day} {until:%b %Y}" in read()


def test_an_investment_opens_to_its_positions(read, bank):
    fund = HoldingFactory(customer=bank.own, kind="INVESTMENT", name="Depot", currency="EUR", balance=Decimal(1012))
    PositionFactory(holding=fund, isin="IE00B4L5Y983", name="World fund", price=Decimal("101.2"), price_currency="EUR")
    PositionFactory(holding=fund, isin="CZ0008019106", name="Unpriced note", quantity=Decimal("2.5"))
    words = read()
    assert "2 positions" in words
    assert "World fund IE00B4L5Y983 EUR 1,012.00 10 at EUR 101.20" in words
    assert "Unpriced note CZ0008019106 price not known 2.5" in words


def test_positions_of_what_he_may_only_operate_stay_out(read, bank):
    theirs = HoldingFactory(customer=bank.other_unit, kind="INVESTMENT")
    PositionFactory(holding=theirs, name="Their secret fund")
    PartyFactory(holding=theirs, customer=bank.own, role=HoldingParty.Role.AUTHORISED)
    assert "Their secret fund" not in read()


def test_twelve_months_are_a_chart_and_a_table(client, read, bank, today):
    assert "No month's end yet" in read().replace("&#x27;", "'")
    ends = month_ends(today)
    for at, end in enumerate(ends):
        if at != 4:
            BalanceFactory(holding=bank.holdings["own"], as_of=end, balance=Decimal(1000 * (at + 1)))
        BalanceFactory(holding=bank.joint, as_of=end, balance=Decimal(-100))
    body = client.get(f"/admin/crm/customer/{bank.own.pk}/").content.decode()
    assert 'class="chart"' in body
    words = read()
    assert f"{ends[-1]:%b %Y} 12,000 −100 11,900" in words
    assert f"{ends[4]:%b %Y} 1 not known – −100 −100" in words
    assert "in part not known or not convertible" in words


def test_what_is_ended_is_folded_away_and_not_counted(read, bank):
    HoldingFactory(customer=bank.own, name="Old account", status=Holding.Status.CLOSED, balance=Decimal(777))
    words = read()
    assert "1 ended, not counted" in words
    assert "Deposits CZK 2,000" in words


def test_relations_are_named_by_scope_and_the_ended_only_counted(read, bank, today):
    RelationshipFactory(customer=bank.own, related=bank.other_unit)
    RelationshipFactory(customer=bank.own, related=bank.pool, kind=Relationship.Kind.OTHER, until_on=today)
    words = read()
    assert "Spouse not in your care" in words
    assert "1 ended" in words
    assert "Otherunitmarker" not in words


def test_the_last_business_date_of_the_feed_is_said(read, today):
    facts = {"source": "core", "business_date": today, "fingerprint": "f"}
    FeedLoad.objects.create(sequence=1, **facts)
    assert "business date" not in read()
    FeedLoad.objects.create(sequence=2, finished_at=timezone.now(), **facts)
    assert f"source core, business date {today.day} {today:%b %Y}" in read()


def test_the_whole_costs_no_more_queries_than_before(client, people, bank, today):
    client.force_login(people.alice, backend="finpulse.identity.backends.RoleAndScopeBackend")
    for at in range(20):
        holding = HoldingFactory(customer=bank.own, kind="INVESTMENT", currency="EUR")
        PositionFactory(holding=holding)
        BalanceFactory(holding=holding, as_of=month_ends(today)[at % 12])
        RelationshipFactory(customer=bank.own)
    url = f"/admin/crm/customer/{bank.own.pk}/"
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        client.get(url)
    asked = [one["sql"] for one in caught.captured_queries if not one["sql"].startswith(NOT_COUNTED)]
    asked = [sql for sql in asked if "django_session" not in sql and "access_roles" not in sql]
    assert len(asked) <= BUDGET, asked
