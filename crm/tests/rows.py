"""How a row of each listed model is made for a customer and the colleague in charge of him."""

from django.utils import timezone

from crm.tests.factories import HoldingFactory, InteractionFactory, RelationshipFactory, TaskFactory

ROWS = {
    "crm.customer": lambda customer, user: customer,
    "crm.holding": lambda customer, user: HoldingFactory(customer=customer, matures_on=timezone.localdate()),
    "crm.relationship": lambda customer, user: RelationshipFactory(customer=customer),
    "crm.interaction": lambda customer, user: InteractionFactory(customer=customer, author=user),
    "crm.task": lambda customer, user: TaskFactory(
        customer=customer, assignee=user, created_by=user, due_on=timezone.localdate()
    ),
}
