"""Rows about no customer, though some were made because of one: nothing of him may stand on their pages."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from crm.tests.factories import FeedLoadFactory
from finpulse.audit.services import record
from finpulse.kernel.access.scope import is_scoped
from notifications.models import OutboxEntry
from tests.access.world import World
from tests.invariants.rows import makers


def _load_that_names(customer: Any) -> Model:
    """Give a load whose every list names a customer, his phone edited here, and his holding."""
    holding = customer.owned_holdings.first()
    number = customer.customer_no
    listed = {"kept_edits": f"{number} phone", "other_managers": number}
    vanished = {"customers.csv": number, "holdings.csv": holding.holding_no}
    report: dict[str, Any] = {name: {"count": 1, "examples": [text]} for name, text in listed.items()}
    report["vanished"] = {name: {"count": 1, "closed": 0, "examples": [text]} for name, text in vanished.items()}
    load: Model = FeedLoadFactory(report=report, finished_at=timezone.now())
    return load


# Made because of a customer out of the acting user's scope.
OF_A_STRANGER = {
    "crm.feedload": lambda customer, message: _load_that_names(customer),
    "audit.auditevent": lambda customer, message: record(
        "crm.customer.viewed", actor=customer.manager, subject=customer, detail={"surface": "page"}
    ),
    "notifications.outboxentry": lambda customer, message: OutboxEntry.objects.get(pk=message.pk),
}


def row_elsewhere(world: World, model: str) -> Model:
    """Give a row of a model without scope."""
    customer: Any = world.rows["crm.customer"]["other_unit"]
    if model in OF_A_STRANGER:
        return OF_A_STRANGER[model](customer, world.rows["notifications.message"]["other_unit"])
    return makers()[model](customer, customer.manager)


def rows_elsewhere() -> set[str]:
    """Give the models whose rows are no customer's."""
    scoped = {model._meta.label_lower for model in apps.get_models() if is_scoped(model)}
    return set(makers()) - scoped
