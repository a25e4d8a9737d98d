"""Facts of the customer module for tests. States are built by services."""

from datetime import date
from decimal import Decimal

import factory

from crm.models import (
    Balance,
    Customer,
    ExchangeRate,
    FeedDifference,
    FeedLoad,
    Holding,
    HoldingParty,
    Interaction,
    Position,
    Relationship,
    Task,
)
from crm.names import write_names


class CustomerFactory(factory.django.DjangoModelFactory):
    """A person in nobody's charge."""

    class Meta:
        model = Customer

    customer_no = factory.Sequence(lambda n: f"T{n:06d}")
    kind = Customer.Kind.PERSON
    given_name = factory.Sequence(lambda n: f"Given{n}")
    family_name = factory.Sequence(lambda n: f"Family{n}")
    birth_on = date(1980, 5, 17)
    country = "CZ"
    currency = "CZK"
    segment = Customer.Segment.MASS
    kyc_status = Customer.KycStatus.CLEAR

    @classmethod
    def _create(cls, model_class: type[Customer], *args: object, **kwargs: object) -> Customer:
        customer = model_class(*args, **kwargs)
        write_names(customer)
        customer.save()
        return customer


class HoldingFactory(factory.django.DjangoModelFactory):
    """An account with its owner as party."""

    class Meta:
        model = Holding
        skip_postgeneration_save = True

    holding_no = factory.Sequence(lambda n: f"TH{n:06d}")
    customer = factory.SubFactory(CustomerFactory)
    kind = Holding.Kind.ACCOUNT
    name = "Current account"
    currency = "CZK"
    balance = Decimal("1000.00")
    balance_as_of = date(2026, 11, 23)
    opened_on = date(2020, 1, 1)
    status = Holding.Status.ACTIVE

    @factory.post_generation
    def owner(self, create: bool, extracted: object, **kwargs: object) -> None:
        """Make the primary owner a party, as the feed does; `owner=False` leaves him out."""
        if create and extracted is not False:
            PartyFactory(holding=self, customer=self.customer)


class PartyFactory(factory.django.DjangoModelFactory):
    """An owner's part."""

    class Meta:
        model = HoldingParty

    holding = factory.SubFactory(HoldingFactory)
    customer = factory.SubFactory(CustomerFactory)
    role = HoldingParty.Role.OWNER


class InteractionFactory(factory.django.DjangoModelFactory):
    """A call made."""

    class Meta:
        model = Interaction

    customer = factory.SubFactory(CustomerFactory)
    summary = "Asked about the deposit."


class TaskFactory(factory.django.DjangoModelFactory):
    """A follow-up."""

    class Meta:
        model = Task

    customer = factory.SubFactory(CustomerFactory)
    title = "Call back"
    due_on = date(2026, 11, 25)


class PositionFactory(factory.django.DjangoModelFactory):
    """Ten shares of a fund."""

    class Meta:
        model = Position

    holding = factory.SubFactory(HoldingFactory, kind=Holding.Kind.INVESTMENT)
    isin = "IE00B4L5Y983"
    quantity = Decimal(10)


class BalanceFactory(factory.django.DjangoModelFactory):
    """A balance of a day."""

    class Meta:
        model = Balance

    holding = factory.SubFactory(HoldingFactory)
    as_of = date(2026, 10, 31)
    balance = Decimal("900.00")


class ExchangeRateFactory(factory.django.DjangoModelFactory):
    """What a euro was worth in crowns."""

    class Meta:
        model = ExchangeRate

    currency = "EUR"
    base = "CZK"
    as_of = date(2026, 11, 20)
    rate = Decimal("24.52")


class RelationshipFactory(factory.django.DjangoModelFactory):
    """A marriage."""

    class Meta:
        model = Relationship

    customer = factory.SubFactory(CustomerFactory)
    related = factory.SubFactory(CustomerFactory)
    kind = Relationship.Kind.SPOUSE


class FeedDifferenceFactory(factory.django.DjangoModelFactory):
    """The bank knows another phone than the one edited here."""

    class Meta:
        model = FeedDifference
        django_get_or_create = ("customer", "column")

    column = "phone"
    theirs = "+420602118204"


class FeedLoadFactory(factory.django.DjangoModelFactory):
    """A load without a manifest that began just now."""

    class Meta:
        model = FeedLoad

    source = "core"
    fingerprint = "0" * 64
