"""Panels on an object's page and cards on my day. An app adds one by a class in its own folder, and by nothing else:
`cards` and `panels` of every app, module or package, are read when the project starts.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any, TypeVar

from django.apps import apps
from django.http import HttpRequest

from finpulse.kernel.registries import Registry

PLACES = ("cards", "panels")


class Part:
    """What a card and a panel say of themselves: what draws them, who may see them, where they stand."""

    template = ""
    permission = ""
    # tiles, main or side; within it the light ones come first.
    column = "main"
    weight = 100


class Card(Part):
    """A part of my day."""

    def context(self, request: HttpRequest) -> dict[str, Any] | None:
        """Give what the template shows, None to stay away."""
        return {}


class Panel(Part):
    """A part of an object's page."""

    def context(self, request: HttpRequest, obj: Any) -> dict[str, Any] | None:
        """Give what the template shows of the object, None to stay away. The page has fetched it in scope."""
        return {}


CardClass = TypeVar("CardClass", bound=type[Card])
PanelClass = TypeVar("PanelClass", bound=type[Panel])

my_day_cards: Registry[Card] = Registry()
object_panels: dict[str, Registry[Panel]] = {}


def on_my_day(name: str) -> Callable[[CardClass], CardClass]:
    """Put a card on my day; `name` is "app.name", by which the trail tells of it."""

    def put(card: CardClass) -> CardClass:
        my_day_cards.register(name, card(), weight=card.weight)
        return card

    return put


def on_page_of(model_label: str, name: str) -> Callable[[PanelClass], PanelClass]:
    """Put a panel on the page of a model ("app.model"); `name` is "app.name"."""

    def put(panel: PanelClass) -> PanelClass:
        panels_of(model_label).register(name, panel(), weight=panel.weight)
        return panel

    return put


def panels_of(model_label: str) -> Registry[Panel]:
    """Give the panels on the page of a model."""
    return object_panels.setdefault(model_label, Registry())


def discover() -> None:
    """Read the cards and panels of every app."""
    for config in apps.get_app_configs():
        for place in PLACES:
            if find_spec(f"{config.name}.{place}"):
                package = import_module(f"{config.name}.{place}")
                for module in iter_modules(getattr(package, "__path__", [])):
                    import_module(f"{package.__name__}.{module.name}")
