"""Advice on the customer page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from advisory.selectors import eligibility_of
from crm.models import Customer
from finpulse.kernel.panels import Panel, on_page_of
from products.criteria import Outcome

MOST_SHOWN = 5


@on_page_of("crm.customer", "advisory.may_apply_for")
class MayApplyFor(Panel):
    """The first products that pass every rule, and how many the others are."""

    template = "advisory/may_apply_for.html"
    permission = "products.view_product"
    weight = 20

    def context(self, request: HttpRequest, customer: Customer) -> dict[str, Any]:
        """What the rules say of the customer now."""
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
