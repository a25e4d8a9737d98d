"""Facts of the catalogue for tests. States are built by services."""

from datetime import date
from decimal import Decimal

import factory

from products.models import Criterion, Product, Rate, RateTier


class ProductFactory(factory.django.DjangoModelFactory):
    """A savings account without criteria."""

    class Meta:
        model = Product

    code = factory.Sequence(lambda n: f"product-{n:04d}")
    bank = "Test Bank"
    category = Product.Category.TRANS_AND_SAVINGS_ACCOUNTS
    name = factory.Sequence(lambda n: f"Saver {n:04d}")
    fingerprint = "0" * 64


class RateFactory(factory.django.DjangoModelFactory):
    """A variable deposit rate of 4 %."""

    class Meta:
        model = Rate

    product = factory.SubFactory(ProductFactory)
    key = factory.Sequence(lambda n: f"key-{n}")
    side = Rate.Side.DEPOSIT
    type = "VARIABLE"
    rate = Decimal("0.04")
    valid_from = date(2026, 1, 1)


class RateTierFactory(factory.django.DjangoModelFactory):
    """From 5,000."""

    class Meta:
        model = RateTier

    rate = factory.SubFactory(RateFactory)
    position = 0
    name = "Balance"
    unit = "DOLLAR"
    minimum = Decimal(5000)


class CriterionFactory(factory.django.DjangoModelFactory):
    """Only for persons."""

    class Meta:
        model = Criterion

    product = factory.SubFactory(ProductFactory)
    position = 0
    kind = Criterion.Kind.NATURAL_PERSON
    understood = True
