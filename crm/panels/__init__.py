"""The customer page's own panels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.models import Customer
from crm.panels.months import months
from crm.panels.overview import overview_of
from crm.panels.tiles import tiles
from crm.selectors.differences import differences_of
from crm.selectors.relations import MOST_READ, relations_of
from crm.selectors.timeline import interactions_of, open_tasks_of
from finpulse.kernel.registries import Panel, panels_of

__all__ = ["Section", "overview_of", "register"]

SHOWN_RELATIONS = 8


@dataclass(frozen=True)
class Section:
    """A part of the page that its head leads to; `count` says how much there is."""

    label: str
    anchor: str
    count: int | None = None


def holdings(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """Holdings by kind with subtotals."""
    overview = overview_of(request, customer)
    return {
        "overview": overview,
        "customer": customer,
        "section": Section("Holdings", "holdings-head", sum(len(group.rows) for group in overview.groups)),
        "sources": sorted({row.holding.source for row in overview.owned}),
    }


def maturities(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """The next maturities."""
    return {"maturities": overview_of(request, customer).maturities}


def relations(request: HttpRequest, customer: Any) -> dict[str, Any]:
    """Who stands to the customer, family first; those that ended are folded away."""
    today = timezone.localdate()
    known = relations_of(customer.relations)
    running = [one for one in known if one.until_on is None or one.until_on > today]
    return {
        "customer": customer,
        "running": running[:SHOWN_RELATIONS],
        "more": max(len(running) - SHOWN_RELATIONS, 0),
        "ended": len(known) - len(running),
        "cut": len(known) >= MOST_READ,
        "section": Section("Relationships", "relations-head", len(running)),
    }


def timeline(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """The latest interactions."""
    return {
        "interactions": interactions_of(customer),
        "customer": customer,
        "section": Section("Timeline", "timeline-head"),
    }


def tasks(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """What is planned."""
    planned = open_tasks_of(customer)
    return {
        "tasks": planned,
        "may_complete": request.user.has_perm("crm.change_customer", customer),
        "customer": customer,
        "section": Section("Tasks", "tasks-head", len(planned)),
    }


def differences(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """What was edited here and the bank says otherwise; nothing where they agree."""
    differing = differences_of(customer)
    may_settle = request.user.has_perm("crm.change_customer", customer)
    section = Section("Differences", "differences-head", len(differing))
    return {"differing": differing, "may_settle": may_settle, "section": section} if differing else None


def register() -> None:
    """Put the panels on the page."""
    page = panels_of("crm.customer")
    page.register(
        "crm.differences",
        Panel("crm/panels/differences.html", differences, "crm.view_feeddifference", "side"),
        weight=1,
    )
    page.register("crm.tiles", Panel("crm/panels/tiles.html", tiles, "crm.view_holding", "tiles"), weight=10)
    page.register("crm.holdings", Panel("crm/panels/holdings.html", holdings, "crm.view_holding"), weight=10)
    page.register("crm.months", Panel("crm/panels/months.html", months, "crm.view_holding", "side"), weight=5)
    page.register(
        "crm.maturities", Panel("crm/panels/maturities.html", maturities, "crm.view_holding", "side"), weight=10
    )
    page.register("crm.tasks", Panel("crm/panels/tasks.html", tasks, "crm.view_task", "side"), weight=20)
    page.register(
        "crm.relations", Panel("crm/panels/relations.html", relations, "crm.view_relationship", "side"), weight=25
    )
    page.register(
        "crm.timeline", Panel("crm/panels/timeline.html", timeline, "crm.view_interaction", "side"), weight=30
    )
