"""What investments are made of."""

from decimal import Decimal

import pytest
from django.db.models import Count, F, Q

from crm.demo.securities import SECURITIES, isin
from crm.feed.parsers import isin as parse_isin
from crm.models import Holding, Position
from crm.tests.demo.conftest import TODAY
from finpulse.kernel.money import in_minor_units

pytestmark = pytest.mark.usefixtures("bank_of_1500")


@pytest.mark.parametrize("known", ["US0378331005", "DE000BAY0017", "GB0002634946", "AU0000XVGZA3"])
def test_a_check_digit_is_that_of_the_standard(known):
    assert isin(known[:-1]) == known


def test_securities_are_of_no_country_and_pass_their_check():
    for security in SECURITIES:
        assert parse_isin(security.isin) == security.isin
        assert security.isin.startswith("QZDEMO")
    assert len({security.isin for security in SECURITIES}) == len(SECURITIES)


def test_an_investment_holds_one_to_six_and_nothing_else_holds_any():
    counts = Holding.objects.annotate(n=Count("positions"))
    held = set(counts.filter(kind="INVESTMENT").exclude(status="CLOSED").values_list("n", flat=True))
    assert held == {1, 2, 3, 4, 5, 6}
    assert not counts.exclude(kind="INVESTMENT").filter(n__gt=0).exists()


def test_a_balance_is_what_its_positions_come_to():
    investments = Holding.objects.filter(kind="INVESTMENT", balance__isnull=False).exclude(status="CLOSED")
    priced = investments.exclude(pk__in=elsewhere().values("holding"))
    assert priced.count() > 100
    for holding in priced.prefetch_related("positions"):
        worth = sum(position.quantity * position.price for position in holding.positions.all())
        assert holding.balance == in_minor_units(worth, holding.currency), holding


def test_some_are_priced_elsewhere_or_not_at_all():
    assert elsewhere().filter(price=None).exists()
    assert elsewhere().exclude(price=None).exists()
    assert set(Position.objects.filter(price=None).values_list("price_currency", "price_on")) == {("", None)}
    assert not Position.objects.filter(Q(price_on__gt=TODAY) | Q(quantity__lte=0) | Q(price__lte=0)).exists()


def test_the_investor_holds_yen_dinars_dollars_and_what_nobody_quotes():
    hers = Holding.objects.filter(customer__customer_no="DC000034")
    custody = hers.filter(kind="INVESTMENT", positions__isnull=False)
    assert set(custody.values_list("currency", flat=True)) >= {"JPY", "KWD", "USD"}
    assert hers.filter(currency="UAH").exists()
    dinars = hers.get(kind="INVESTMENT", currency="KWD")
    assert dinars.balance != dinars.balance.quantize(Decimal("0.01"))


def elsewhere():
    return Position.objects.filter(Q(price=None) | ~Q(price_currency=F("holding__currency")))
