"""What the database itself refuses."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from products.models import Constraint, Fee
from products.tests.factories import CriterionFactory, ProductFactory, RateFactory, RateTierFactory

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)

BAD = {
    "a currency that is none": lambda: ProductFactory(currency="dollars"[:3]),
    "a product without a name": lambda: ProductFactory(name=""),
    "an address that runs a script": lambda: ProductFactory(application_uri="javascript:alert(1)"),
    "a rate above 1": lambda: RateFactory(rate=Decimal("4.5")),
    "a comparison rate above 1": lambda: RateFactory(comparison_rate=Decimal("4.5")),
    "a rate that ends before it begins": lambda: RateFactory(valid_from=JUNE, valid_until=MAY),
    "a negative tier": lambda: RateTierFactory(minimum=Decimal(-1)),
    "a tier that ends before it begins": lambda: RateTierFactory(minimum=Decimal(5), maximum=Decimal(4)),
    "an age without years": lambda: CriterionFactory(kind="MIN_AGE"),
    "years without an age": lambda: CriterionFactory(kind="BUSINESS", threshold=18),
    "an understood kind without a rule": lambda: CriterionFactory(kind="STUDENT"),
    "a residency without a country": lambda: CriterionFactory(kind="RESIDENCY_STATUS"),
    "a country without a residency": lambda: CriterionFactory(country="AU"),
    "a sole trader without a business": lambda: CriterionFactory(admits_sole_traders=True),
    "a negative fee": lambda: Fee.objects.create(
        product=ProductFactory(), position=0, name="Fee", kind="EVENT", amount=Decimal(-1), currency="AUD"
    ),
    "a share of nothing": lambda: Fee.objects.create(
        product=ProductFactory(), position=0, name="Fee", kind="EVENT", share=Decimal("0.03"), currency="AUD"
    ),
    "a negative constraint": lambda: Constraint.objects.create(
        product=ProductFactory(), position=0, kind="MIN_LIMIT", amount=Decimal(-1)
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_the_database_refuses(what):
    with pytest.raises(IntegrityError), transaction.atomic():
        BAD[what]()


def test_one_rate_has_one_figure_at_a_time():
    first = RateFactory(valid_from=MAY, valid_until=JUNE)
    RateFactory(product=first.product, key=first.key, valid_from=JUNE)
    with pytest.raises(IntegrityError), transaction.atomic():
        RateFactory(product=first.product, key=first.key, valid_from=JULY)
    with pytest.raises(IntegrityError), transaction.atomic():
        RateFactory(product=first.product, key=first.key, valid_from=MAY, valid_until=JULY)
