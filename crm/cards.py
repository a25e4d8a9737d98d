"""The customer module's cards on my day and its lines in the navigation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.selectors.my_day import (
    DAYS_AHEAD,
    SHOWN_MATURITIES,
    customers_in_care,
    maturities_ahead,
    maturities_ahead_count,
    tasks_counted,
    tasks_due,
)
from finpulse.kernel.registries import NavigationEntry, Panel, my_day_cards, navigation


def due_tasks(request: HttpRequest) -> dict[str, Any]:
    """Tasks due by today."""
    return {"tasks": tasks_due(request.user, timezone.localdate())}


def maturities(request: HttpRequest) -> dict[str, Any]:
    """What matures within 30 days."""
    holdings = maturities_ahead(request.user, timezone.localdate())
    return {"holdings": holdings, "days": DAYS_AHEAD, "more": len(holdings) == SHOWN_MATURITIES}


def care(request: HttpRequest) -> dict[str, Any]:
    """How many customers there are to look after, what is due and what matures."""
    today = timezone.localdate()
    return {
        "customers": customers_in_care(request.user),
        "due": tasks_counted(request.user, today).count(),
        "maturing": maturities_ahead_count(request.user, today),
        "days": DAYS_AHEAD,
    }


def _tasks_waiting(request: HttpRequest) -> Any:
    return tasks_counted(request.user, timezone.localdate()) if request.user.has_perm("crm.view_task") else 0


def register() -> None:
    """Put the cards on my day and the lines in the navigation."""
    my_day_cards.register("crm.care", Panel("crm/cards/care.html", care, "crm.view_customer", "tiles"), weight=10)
    my_day_cards.register("crm.tasks", Panel("crm/cards/due_tasks.html", due_tasks, "crm.view_task"), weight=10)
    my_day_cards.register(
        "crm.maturities", Panel("crm/cards/maturities.html", maturities, "crm.view_holding"), weight=20
    )
    navigation.register(
        "my_day", NavigationEntry("My work", "My day", "admin:index", "sun", count=_tasks_waiting, key="d"), weight=10
    )
    navigation.register(
        "tasks",
        NavigationEntry("My work", "Tasks", "admin:crm_task_changelist", "check-circle", "crm.view_task", key="t"),
        weight=20,
    )
    navigation.register(
        "portfolio",
        NavigationEntry("Bank", "Portfolio", "admin:crm_portfolio", "chart-pie", "crm.view_holding", key="p"),
        weight=5,
    )
    navigation.register(
        "customers",
        NavigationEntry("Bank", "Customers", "admin:crm_customer_changelist", "users", "crm.view_customer", key="c"),
        weight=10,
    )
    navigation.register(
        "holdings",
        NavigationEntry("Bank", "Holdings", "admin:crm_holding_changelist", "banknotes", "crm.view_holding", key="h"),
        weight=20,
    )
    navigation.register(
        "feed_differences",
        NavigationEntry(
            "Bank",
            "Feed differences",
            "admin:crm_feeddifference_changelist",
            "arrows-right-left",
            "crm.view_feeddifference",
            key="f",
        ),
        weight=30,
    )
    navigation.register(
        "feed_loads",
        NavigationEntry(
            "Administration",
            "Feed loads",
            "admin:crm_feedload_changelist",
            "arrow-down-tray",
            "crm.view_feedload",
            key="l",
        ),
        weight=80,
    )
