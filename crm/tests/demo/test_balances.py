"""What the demo bank's holdings had at the ends of twelve months, and what money is worth."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db.models import F, Q

from crm.demo import balances
from crm.demo.plan import DemoPlan
from crm.models import Balance, Customer, ExchangeRate, Holding
from crm.selectors.figures import COUNTED
from crm.selectors.months import month_ends, months_of, months_read
from crm.selectors.rates import latest_rates
from crm.tests.demo.conftest import TODAY
from crm.tests.factories import ExchangeRateFactory
from finpulse.kernel.money import in_minor_units


@pytest.fixture
def told(bank_of_1500):
    """Balances by holding, each by day."""
    found = defaultdict(dict)
    for holding, day, amount in Balance.objects.order_by("as_of").values_list("holding", "as_of", "balance"):
        found[holding][day] = amount
    return found


def test_every_counted_holding_has_todays_balance_as_it_is(told):
    counted = Holding.objects.filter(status__in=COUNTED, balance__isnull=False)
    assert counted.count() > 4000
    assert all(told[holding.pk][holding.balance_as_of] == holding.balance for holding in counted)


def test_every_month_end_of_an_open_holding_is_told_but_for_a_few(told):
    missing = expected = 0
    for holding in Holding.objects.filter(status__in=COUNTED, balance__isnull=False):
        days = [day for day in month_ends(TODAY) if day >= holding.opened_on]
        expected += len(days)
        missing += len([day for day in days if day not in told[holding.pk]])
    assert 0.002 < missing / expected < 0.03
    told_whole = Holding.objects.filter(
        kind="LOAN", status="ACTIVE", balance__isnull=False, opened_on__lt=date(2025, 11, 1)
    )
    assert {len(told[loan.pk]) for loan in told_whole} == {13}


def test_nothing_is_told_of_what_is_not_known_or_not_there():
    assert not Balance.objects.filter(holding__balance=None).exists()
    assert not Balance.objects.filter(holding__status__in=["PENDING", "WRITTEN_OFF"]).exists()
    assert not Balance.objects.filter(as_of__lt=F("holding__opened_on")).exists()
    assert not Balance.objects.filter(as_of__gte=F("holding__closed_on")).exists()
    assert Balance.objects.filter(holding__status="CLOSED").exists()
    assert set(Balance.objects.values_list("as_of", flat=True)) == {
        *month_ends(TODAY),
        TODAY - timedelta(days=1),
        TODAY,
    }


def test_amounts_are_in_minor_units_and_on_the_side_of_their_kind():
    for currency, amount in Balance.objects.values_list("holding__currency", "balance"):
        assert amount == in_minor_units(amount, currency), (currency, amount)
    assert not Balance.objects.filter(holding__kind__in=["LOAN", "CARD"], balance__gt=0).exists()
    assert not Balance.objects.filter(holding__kind__in=["TERM_DEPOSIT", "INVESTMENT"], balance__lt=0).exists()
    lines = Balance.objects.filter(holding__kind__in=["LOAN", "CARD"], holding__days_past_due=0)
    assert not lines.filter(holding__credit_limit__isnull=False, balance__lt=-F("holding__credit_limit")).exists()


def test_loans_are_paid_off_month_by_month_and_never_were_above_what_was_lent(told):
    loans = Holding.objects.filter(kind="LOAN", instalment__isnull=False, status="ACTIVE", balance__isnull=False)
    seen = 0
    for loan in loans:
        amounts = [told[loan.pk][day] for day in sorted(told[loan.pk])]
        assert all(earlier <= later for earlier, later in pairwise(amounts)), loan
        assert all(-amount <= loan.original_amount for amount in amounts)
        seen += len(amounts) == 13
    assert seen > 50


def test_a_page_shows_eliskas_twelve_months(bank_of_1500):
    eliska = Customer.objects.annotate(months=months_read(TODAY)).get(customer_no="DC000001")
    months = months_of(eliska.months, TODAY)
    assert len(months) == 12
    assert all(month.assets.amount > 0 for month in months)
    assert len([month for month in months if month.debts.amount is not None]) >= 10
    assert all(month.net.not_known > 0 for month in months)
    assert all("EUR" in month.assets.rates and not month.assets.not_convertible for month in months)


def test_on_the_first_of_a_month_the_last_months_end_is_told_once(seed):
    first = date(2026, 12, 1)
    seed(40, today=first)
    last = Balance.objects.filter(as_of=date(2026, 11, 30))
    assert last.filter(balance=F("holding__balance")).count() == last.count() > 30


def test_a_line_closed_within_the_year_was_owed_up_to_its_limit(seed):
    seed(30)
    line = Holding.objects.get(product_code="LOAN-REV-EUR")
    closed = {"status": "CLOSED", "closed_on": TODAY - timedelta(days=40), "balance": 0}
    Holding.objects.filter(pk=line.pk).update(**closed)
    Balance.objects.all().delete()
    first = {"first_customer_id": Customer.objects.get(customer_no="DC000001").pk,
             "first_holding_id": Holding.objects.get(holding_no="DH000001").pk}  # fmt: skip
    balances.remember(DemoPlan(today=TODAY, customers=30), **first, managers=[])
    owed = list(Balance.objects.filter(holding=line).values_list("balance", flat=True))
    assert len(owed) == 11
    assert all(-line.credit_limit <= amount < 0 for amount in owed)


def test_beyond_the_first_customers_only_the_demo_accounts_books_have_months(seed, monkeypatch):
    # The bound alone is lowered: twenty thousand customers would take minutes to say the same.
    monkeypatch.setattr(balances, "WHOLE_UP_TO", 100)
    seed(300)
    told = Holding.objects.filter(status__in=COUNTED, balance__isnull=False)
    those = Q(customer__customer_no__lte="DC000100") | Q(customer__manager__username__in=["alice", "bob", "charlie"])
    assert not told.filter(those, balances=None).exists()
    assert told.exclude(those).count() == told.exclude(those).filter(balances=None).count() > 10


def test_rates_are_there_at_each_month_end_and_today_but_for_one_currency(bank_of_1500):
    rates = latest_rates(TODAY)
    held = set(Holding.objects.values_list("currency", flat=True)) - {"CZK"}
    assert held - set(rates.by_currency) == {"UAH"}
    assert {rate.as_of for rate in rates.by_currency.values()} == {TODAY}
    days = set(ExchangeRate.objects.values_list("as_of", flat=True))
    assert days >= {TODAY, *month_ends(TODAY), date(2025, 10, 31)}
    assert rates.by_currency["JPY"].rate < Decimal("0.2") < 70 < rates.by_currency["KWD"].rate
    assert not ExchangeRate.objects.filter(~Q(source="demo") | ~Q(base="CZK")).exists()


def test_a_rate_that_somebody_else_told_stays_as_it_is_and_goes_with_nobody(seed):
    told = ExchangeRateFactory(currency="EUR", base="CZK", as_of=TODAY, rate=Decimal("24.123"), source="core")
    made = seed(30).made["rates"]
    assert seed(30).made["rates"] == made
    told.refresh_from_db()
    assert (told.rate, told.source) == (Decimal("24.123"), "core")
    assert ExchangeRate.objects.exclude(pk=told.pk).count() == made


def test_another_base_currency_has_rates_of_its_own(seed, settings):
    settings.BASE_CURRENCY = "EUR"
    seed(30)
    crown = ExchangeRate.objects.get(currency="CZK", as_of=TODAY)
    assert (crown.base, Decimal("0.035") < crown.rate < Decimal("0.045")) == ("EUR", True)
    assert not ExchangeRate.objects.filter(currency="EUR").exists()
