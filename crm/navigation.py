"""The customer module's lines in the navigation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.selectors.my_day import MOST_COUNTED, tasks_counted
from crm.selectors.recertification import open_items
from finpulse.kernel.registries import NavigationEntry, navigation


def _tasks_waiting(request: HttpRequest) -> Any:
    return tasks_counted(request.user, timezone.localdate()) if request.user.has_perm("crm.view_task") else 0


def _to_recertify(request: HttpRequest) -> Any:
    return open_items(request.user)[:MOST_COUNTED]


def _list(section: str, label: str, model: str, icon: str, key: str) -> NavigationEntry:
    return NavigationEntry(section, label, f"admin:crm_{model}_changelist", icon, f"crm.view_{model}", key=key)


LINES = (
    ("my_day", 10, NavigationEntry("My work", "My day", "admin:index", "sun", count=_tasks_waiting, key="d")),
    ("tasks", 20, _list("My work", "Tasks", "task", "check-circle", "t")),
    (
        "recertification",
        60,
        NavigationEntry(
            "My work",
            "Recertification",
            "admin:crm_recertification",
            "clipboard-document-check",
            "crm.view_recertification",
            count=_to_recertify,
            key="x",
        ),
    ),
    (
        "portfolio",
        5,
        NavigationEntry("Bank", "Portfolio", "admin:crm_portfolio", "chart-pie", "crm.view_holding", key="p"),
    ),
    ("customers", 10, _list("Bank", "Customers", "customer", "users", "c")),
    ("holdings", 20, _list("Bank", "Holdings", "holding", "banknotes", "h")),
    ("feed_differences", 30, _list("Bank", "Feed differences", "feeddifference", "arrows-right-left", "f")),
    (
        "capacities",
        60,
        NavigationEntry("Bank", "Capacity", "admin:crm_capacities", "scale", "crm.view_capacity", key="w"),
    ),
    (
        "restricted",
        70,
        NavigationEntry(
            "Bank",
            "Restricted customers",
            "admin:crm_restricted",
            "lock-closed",
            "crm.view_customeruserobjectpermission",
            key="i",
        ),
    ),
    ("feed_loads", 80, _list("Administration", "Feed loads", "feedload", "arrow-down-tray", "l")),
)


def register() -> None:
    """Put the lines in the navigation."""
    for name, weight, line in LINES:
        navigation.register(name, line, weight=weight)
