"""Totals in the base currency: at the latest rate of the day, and never at 1 for want of one."""

from datetime import date
from decimal import Decimal

import pytest

from crm.models import Customer
from crm.selectors.rates import latest_rates, rates_of, rates_read
from crm.selectors.sums import Sum
from crm.tests.factories import CustomerFactory, ExchangeRateFactory

TODAY = date(2026, 11, 26)


@pytest.fixture
def rates(db):
    ExchangeRateFactory(as_of=date(2026, 11, 20), rate=Decimal("24.52"))
    ExchangeRateFactory(as_of=date(2026, 11, 25), rate=Decimal("24.305"))
    ExchangeRateFactory(as_of=date(2026, 11, 27), rate=Decimal(99))
    ExchangeRateFactory(currency="JPY", as_of=date(2026, 11, 24), rate=Decimal("0.1623"))
    ExchangeRateFactory(currency="KWD", as_of=date(2024, 1, 2), rate=Decimal(75))
    ExchangeRateFactory(currency="USD", base="EUR", rate=Decimal("0.9"))
    return latest_rates(TODAY)


def test_a_total_is_converted_at_the_latest_rate_of_the_day_and_rounded_once(rates):
    total = Sum({"CZK": Decimal("100.00"), "EUR": Decimal("0.10"), "JPY": Decimal(3)}, not_known=2)
    converted = rates.convert(total)
    assert converted.amount == Decimal("102.92")  # 100 + 2.4305 + 0.4869
    assert {currency: (rate.rate, rate.as_of) for currency, rate in converted.rates.items()} == {
        "EUR": (Decimal("24.3050000000"), date(2026, 11, 25)),
        "JPY": (Decimal("0.1623000000"), date(2026, 11, 24)),
    }
    assert converted.not_known == 2
    assert converted.not_convertible == {}


def test_without_a_rate_an_amount_is_named_beside_the_total(rates):
    converted = rates.convert(Sum({"USD": Decimal(5), "KWD": Decimal("1.890"), "CZK": Decimal(1)}))
    assert converted.amount == Decimal("1.00")
    assert converted.not_convertible == {"KWD": Decimal("1.890"), "USD": Decimal(5)}


def test_nothing_convertible_is_no_amount_rather_than_zero(rates):
    assert rates.convert(Sum({"USD": Decimal(5)})).amount is None


def test_a_page_reads_the_rates_with_a_customer(rates, django_assert_num_queries):
    customer = CustomerFactory()
    with django_assert_num_queries(1):
        read = Customer.objects.annotate(rates=rates_read(TODAY)).get(pk=customer.pk)
    assert rates_of(read.rates) == rates
