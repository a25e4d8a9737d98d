"""The chart of my day: what matures week by week, of customers in scope, and nothing guessed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from crm.cards.maturing_weeks import _chart
from crm.models import ExchangeRate
from crm.selectors.maturing_weeks import maturing_weeks
from crm.tests.factories import CustomerFactory, HoldingFactory

MONDAY = date(2026, 11, 23)


@pytest.fixture
def matures(bank, people):
    customer = CustomerFactory(manager=people.alice)

    def make(days, balance, currency="CZK", manager=None):
        of = CustomerFactory(manager=manager) if manager else customer
        day = MONDAY + timedelta(days=days)
        amount = None if balance is None else Decimal(balance)
        return HoldingFactory(customer=of, matures_on=day, balance=amount, currency=currency)

    return make


def chart(people):
    return _chart(maturing_weeks(people.alice, MONDAY))


def test_amounts_stand_in_the_week_of_their_day(people, matures):
    for days, balance in ((0, 100), (6, 50), (7, 30), (30, 5)):
        matures(days, balance)
    found = chart(people)
    assert [row.moment for row in found.rows] == ["23 Nov", "30 Nov", "7 Dec", "14 Dec", "21 Dec"]
    assert [row.values for row in found.rows] == [[150], [30], [0], [0], [5]]


def test_what_is_owed_hangs_below_beside_what_comes_back(people, matures):
    matures(1, 100)
    matures(2, -400)
    found = chart(people)
    assert [one.label for one in found.series] == ["To get back", "Owed"]
    assert found.rows[0].values == [100, -400]


def test_another_currency_is_converted_and_what_cannot_be_told_says_so(people, matures):
    ExchangeRate.objects.filter(currency="EUR").delete()
    ExchangeRate.objects.create(base="CZK", currency="EUR", rate=Decimal(25), as_of=MONDAY)
    matures(1, 10, "EUR")
    matures(8, None)
    matures(15, 7, "JPY")
    found = chart(people)
    assert [row.values[0] for row in found.rows] == [250, None, None, 0, 0]
    assert [bar.text for bar in found.bars] == ["250", "?", "?", "0", "0"]


def test_a_strangers_maturity_is_in_no_bar(people, matures):
    matures(1, 100)
    matures(1, 999, manager=people.charlie)
    assert chart(people).rows[0].values == [100]


def test_more_than_a_chart_tells_is_left_to_the_list(people, matures):
    matures(1, 1)
    assert maturing_weeks(people.alice, MONDAY, most=1).holdings == 1
    matures(2, 1)
    assert maturing_weeks(people.alice, MONDAY, most=1) is None
