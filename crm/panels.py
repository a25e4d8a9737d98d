"""The customer page's own panels."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from crm.models import Customer
from crm.selectors.differences import differences_of
from crm.selectors.overview import Overview
from crm.selectors.timeline import interactions_of, open_tasks_of
from finpulse.kernel.registries import Panel, panels_of


def overview_of(request: HttpRequest, customer: Customer) -> Overview:
    """Give the overview of this page, read once whatever number of panels ask."""
    kept: Overview | None = customer.__dict__.get("_overview")
    if kept is None:
        kept = customer.__dict__["_overview"] = Overview(customer, request.user, timezone.localdate())
    return kept


def tiles(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """Totals by domain.md's formulas, in the base currency first, the others said beside."""
    figures = overview_of(request, customer).figures
    named = (
        ("Business volume", figures.business_volume),
        ("Deposits", figures.deposits),
        ("Investments", figures.investments),
        ("Lending drawn", figures.lending_drawn),
        ("Net position", figures.net_position),
    )
    return {"tiles": [_tile(label, total) for label, total in named], "undrawn": figures.undrawn.amounts}


def _tile(label: str, total: Any) -> dict[str, Any]:
    base = settings.BASE_CURRENCY
    others = sorted((currency, amount) for currency, amount in total.amounts.items() if currency != base)
    first = base if base in total.amounts or not others else others.pop(0)[0]
    return {
        "label": label,
        "currency": first,
        "amount": total.of(first),
        "nothing": not total.amounts and not total.not_known,
        "others": others,
        "not_known": total.not_known,
    }


def holdings(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """Holdings by kind with subtotals."""
    return {"overview": overview_of(request, customer)}


def maturities(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """The next maturities."""
    return {"maturities": overview_of(request, customer).maturities}


def timeline(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """The latest interactions."""
    return {"interactions": interactions_of(customer), "customer": customer}


def tasks(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """What is planned."""
    may_complete = request.user.has_perm("crm.change_customer", customer)
    return {"tasks": open_tasks_of(customer), "may_complete": may_complete, "customer": customer}


def differences(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """What was edited here and the bank says otherwise; nothing where they agree."""
    differing = differences_of(customer)
    may_settle = request.user.has_perm("crm.change_customer", customer)
    return {"differing": differing, "may_settle": may_settle, "customer": customer} if differing else None


def register() -> None:
    """Put the panels on the page."""
    page = panels_of("crm.customer")
    page.register(
        "crm.differences",
        Panel("crm/panels/differences.html", differences, "crm.view_feeddifference", "side"),
        weight=5,
    )
    page.register("crm.tiles", Panel("crm/panels/tiles.html", tiles, "crm.view_holding", "tiles"), weight=10)
    page.register("crm.holdings", Panel("crm/panels/holdings.html", holdings, "crm.view_holding"), weight=10)
    page.register(
        "crm.maturities", Panel("crm/panels/maturities.html", maturities, "crm.view_holding", "side"), weight=10
    )
    page.register("crm.tasks", Panel("crm/panels/tasks.html", tasks, "crm.view_task", "side"), weight=20)
    page.register(
        "crm.timeline", Panel("crm/panels/timeline.html", timeline, "crm.view_interaction", "side"), weight=30
    )
