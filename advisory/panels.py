"""Advice on the customer page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from advisory.selectors import eligibility_of
from crm.models import Customer
from finpulse.kernel.registries import Panel, panels_of
from products.criteria import Outcome

MOST_SHOWN = 5


def may_apply_for(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """The first products that pass every rule, and how many the others are. The page has fetched him in scope."""
    eligibility = eligibility_of(customer, timezone.now())
    passed = eligibility.of(Outcome.YES)
    return {
        "customer": customer,
        "stopped": eligibility.stopped,
        "products": passed[:MOST_SHOWN],
        "passed": len(passed),
        "by_hand": len(eligibility.of(Outcome.NOT_KNOWN)),
        "refused": len(eligibility.of(Outcome.NO)),
    }


def register() -> None:
    """Put the panel on the page."""
    panels_of("crm.customer").register(
        "advisory.may_apply_for",
        Panel("advisory/may_apply_for.html", may_apply_for, "products.view_product"),
        weight=20,
    )
