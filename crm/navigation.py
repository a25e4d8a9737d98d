"""The customer module's lines in the navigation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.selectors.my_day import tasks_counted
from finpulse.kernel.registries import NavigationEntry, navigation


def _tasks_waiting(request: HttpRequest) -> Any:
    return tasks_counted(request.user, timezone.localdate()) if request.user.has_perm("crm.view_task") else 0


def register() -> None:
    """Put the lines in the navigation."""
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
