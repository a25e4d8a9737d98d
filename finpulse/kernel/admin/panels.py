"""Panels on an object's page and cards on my day: what the apps register, for who may see it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from finpulse.kernel.panels import my_day_cards, panels_of
from finpulse.kernel.registries import Registry


def panels_for(request: HttpRequest, obj: Any) -> dict[str, list[dict[str, Any]]]:
    """Give, by column (tiles, main, side), each panel's template and context for this object."""
    return _by_column(panels_of(obj._meta.label_lower), request, obj)


def cards_for(request: HttpRequest) -> dict[str, list[dict[str, Any]]]:
    """Give, by column (tiles, main, side), each card's template and context for this user's day."""
    return _by_column(my_day_cards, request)


def _by_column(panels: Registry[Any], request: HttpRequest, *about: Any) -> dict[str, list[dict[str, Any]]]:
    columns: dict[str, list[dict[str, Any]]] = {}
    for name, panel in panels.items():
        if panel.permission and not request.user.has_perm(panel.permission):
            continue
        context = panel.context(request, *about)
        if context is not None:
            columns.setdefault(panel.column, []).append({"name": name, "template": panel.template, "context": context})
    return columns
