"""How a row of each listed model is made for a customer and the colleague in charge of him."""

from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from crm.models import Assignment, FeedDifference, Handover, HandoverCustomer
from crm.models.customer import EDITABLE
from crm.tests.factories import (
    ExchangeRateFactory,
    FeedDifferenceFactory,
    FeedLoadFactory,
    HoldingFactory,
    InteractionFactory,
    RelationshipFactory,
    TaskFactory,
)

# A currency has one rate to a day.
DAYS = (date(2026, 11, 20) - timedelta(days=number) for number in count())


def make_difference(customer, user):
    """Make one more while the customer has a column that does not differ yet; else give one of his."""
    there = FeedDifference.objects.filter(customer=customer).count()
    return FeedDifferenceFactory(customer=customer, column=EDITABLE[there % len(EDITABLE)], theirs="Words of the bank")


def make_handover(customer, user):
    """Give a handover of the customer to the colleague."""
    handover = Handover.objects.create(to_manager=user, made_by=user)
    HandoverCustomer.objects.create(handover=handover, customer=customer, from_manager=customer.manager)
    return handover


ROWS = {
    "crm.assignment": lambda customer, user: Assignment.objects.create(
        customer=customer, manager=user, until_at=timezone.now() + timedelta(days=1), reason="He knows the trade."
    ),
    "crm.handover": make_handover,
    "crm.customer": lambda customer, user: customer,
    "crm.holding": lambda customer, user: HoldingFactory(customer=customer, matures_on=timezone.localdate()),
    "crm.relationship": lambda customer, user: RelationshipFactory(customer=customer),
    "crm.exchangerate": lambda customer, user: ExchangeRateFactory(as_of=next(DAYS)),
    "crm.interaction": lambda customer, user: InteractionFactory(customer=customer, author=user),
    "crm.feeddifference": make_difference,
    "crm.feedload": lambda customer, user: FeedLoadFactory(),
    "crm.task": lambda customer, user: TaskFactory(
        customer=customer, assignee=user, created_by=user, due_on=timezone.localdate()
    ),
}
