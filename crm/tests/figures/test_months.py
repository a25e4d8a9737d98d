"""The twelve months of a customer, against amounts worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from crm.models import Customer, HoldingParty
from crm.selectors.months import month_ends, months_of, months_read
from crm.tests.factories import BalanceFactory, CustomerFactory, ExchangeRateFactory, HoldingFactory, PartyFactory

TODAY = date(2026, 11, 26)
AUGUST, SEPTEMBER, OCTOBER = date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)


@pytest.fixture
def customer(db):
    return CustomerFactory()


def read(customer):
    facts = Customer.objects.annotate(months=months_read(TODAY)).get(pk=customer.pk).months
    return {month.on: month for month in months_of(facts, TODAY)}


def balances(holding, *amounts):
    for as_of, amount in amounts:
        BalanceFactory(holding=holding, as_of=as_of, balance=Decimal(amount))


def test_the_months_are_the_twelve_before_this_one():
    assert month_ends(date(2024, 3, 31))[:2] == [date(2023, 3, 31), date(2023, 4, 30)]
    assert month_ends(date(2024, 3, 31))[-1] == date(2024, 2, 29)
    assert len(month_ends(TODAY)) == 12


def test_a_month_has_the_last_balance_of_each_holding_in_it(customer):
    account, loan = HoldingFactory(customer=customer), HoldingFactory(customer=customer, kind="LOAN")
    balances(account, (date(2026, 10, 3), "500"), (date(2026, 10, 30), "120.50"), (SEPTEMBER, "90"))
    balances(loan, (OCTOBER, "-1000"), (date(2026, 8, 2), "-1100"))
    months = read(customer)
    assert (months[OCTOBER].assets.amount, months[OCTOBER].debts.amount) == (Decimal("120.50"), Decimal("-1000.00"))
    assert months[OCTOBER].net.amount == Decimal("-879.50")
    assert (months[SEPTEMBER].net.amount, months[SEPTEMBER].net.not_known) == (Decimal("90.00"), 1)
    assert (months[AUGUST].net.amount, months[AUGUST].net.not_known) == (Decimal("-1100.00"), 1)
    assert (months[date(2025, 11, 30)].net.amount, months[date(2025, 11, 30)].net.not_known) == (None, 2)


def test_a_holding_counts_while_it_is_open_and_owned(customer):
    opened = HoldingFactory(
        customer=customer, opened_on=date(2026, 9, 15), closed_on=date(2026, 10, 20), status="CLOSED"
    )
    balances(opened, (AUGUST, "1"), (SEPTEMBER, "2"), (date(2026, 10, 19), "3"))
    joint = HoldingFactory()
    PartyFactory(holding=joint, customer=customer, role="JOINT", since_on=date(2026, 9, 1), until_on=OCTOBER)
    balances(joint, (AUGUST, "10"), (SEPTEMBER, "20"), (OCTOBER, "30"))
    for role in (HoldingParty.Role.AUTHORISED, HoldingParty.Role.GUARANTOR):
        balances(PartyFactory(customer=customer, role=role).holding, (SEPTEMBER, "1000"))
    months = read(customer)
    assert [months[day].net.amount for day in (AUGUST, SEPTEMBER, OCTOBER)] == [None, Decimal("22.00"), None]
    assert months[OCTOBER].net.not_known == 0


def test_one_who_is_owner_and_joint_owner_has_it_once(customer):
    account = HoldingFactory(customer=customer)
    PartyFactory(holding=account, customer=customer, role="JOINT")
    balances(account, (OCTOBER, "7"))
    assert read(customer)[OCTOBER].net.amount == Decimal("7.00")


def test_each_month_is_converted_at_its_own_rate(customer):
    euro = HoldingFactory(customer=customer, currency="EUR")
    balances(euro, (AUGUST, "10"), (SEPTEMBER, "10"), (OCTOBER, "10"))
    ExchangeRateFactory(as_of=date(2026, 9, 29), rate=Decimal(24))
    ExchangeRateFactory(as_of=OCTOBER, rate=Decimal(25))
    months = read(customer)
    assert [months[day].net.amount for day in (AUGUST, SEPTEMBER, OCTOBER)] == [
        None,
        Decimal("240.00"),
        Decimal("250.00"),
    ]
    assert months[AUGUST].net.not_convertible == {"EUR": Decimal("10.0000")}
    assert months[OCTOBER].net.rates["EUR"].as_of == OCTOBER
