"""What several panels of one page ask of the customer's holdings, read once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.models import Customer
from crm.selectors.overview import Overview
from crm.selectors.rates import Rates, rates_of


def overview_of(request: HttpRequest, customer: Customer) -> Overview:
    """Give the overview of this page."""
    kept: Overview | None = customer.__dict__.get("_overview")
    if kept is None:
        kept = customer.__dict__["_overview"] = Overview(customer, request.user, timezone.localdate())
    return kept


def rates_for(customer: Any) -> Rates:
    """Give today's rates, which were read with the customer."""
    return rates_of(customer.rates_today)
