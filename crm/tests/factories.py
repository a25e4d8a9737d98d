"""Facts of the customer module for tests. States are built by services."""

from datetime import date
from decimal import Decimal

import factory

from crm.models import Customer, Holding, HoldingParty, Interaction, Task
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
