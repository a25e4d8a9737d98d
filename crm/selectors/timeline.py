"""What happened with a customer, newest first, and what is planned."""

from __future__ import annotations

from crm.models import Customer, Interaction, Task

SHOWN = 10


def customer_interactions(customer: Customer) -> list[Interaction]:
    """Give the latest interactions with their authors."""
    rows = Interaction.objects.filter(customer=customer).select_related("author")
    return list(rows.order_by("-occurred_at", "-pk")[:SHOWN])


def customer_open_tasks(customer: Customer) -> list[Task]:
    """Give the open tasks, the soonest first, with their assignees."""
    rows = Task.objects.filter(customer=customer, state=Task.State.OPEN).select_related("assignee")
    return list(rows.order_by("due_on", "pk")[:SHOWN])
