"""Every page and resource that shows rows, found in the registries and the resolver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.urls import URLPattern, URLResolver, reverse

from finpulse.kernel.panels import object_panels
from finpulse.kernel.registries import api_routes, navigation, subjects


@dataclass(frozen=True)
class Page:
    """An address, what it is (list, resource, page, panels, my day), the model it is about, who may open it."""

    what: str
    url: str
    model: type[Model] | None

    @property
    def label(self) -> str:
        """The model as "app.model"."""
        return self.model._meta.label_lower if self.model else ""

    def may_be_opened_by(self, user: Any) -> bool:
        """Tell whether the user's role opens it."""
        if self.model is None:
            return True
        return bool(user.has_perm(f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"))


def my_day() -> Page:
    """Give the page of all cards."""
    return Page("my day", reverse("admin:index"), None)


def lists() -> list[Page]:
    """Give every list of the console."""
    return [
        Page("list", reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"), model)
        for model in admin.site._registry
    ]


def own_lists() -> list[Page]:
    """Give the lists of the navigation that an app has mounted itself."""
    known = {page.url for page in lists()}
    lines = [(reverse(line.url_name), *line.permission.split(".view_")) for line in navigation if line.permission]
    return [Page("list", url, apps.get_model(app, name)) for url, app, name in lines if url not in known]


def resources() -> list[Page]:
    """Give every list of the API, at its longest page."""
    return [
        Page("resource", reverse(f"{name}-list") + "?page_size=200", viewset.queryset.model)
        for name, viewset in api_routes.items()
        if getattr(viewset, "queryset", None) is not None and hasattr(viewset, "list")
    ]


def pages_of(row: Model) -> list[Page]:
    """Give every page of the console about one row; that with its panels is called so."""
    place = f"{row._meta.app_label}/{row._meta.model_name}/"
    with_panels = panel_page(row) if row._meta.label_lower in object_panels else None
    urls = sorted({url for url in _admin_urls(row.pk) if url.startswith(reverse("admin:index") + place)})
    return [Page("panels" if url == with_panels else "page", url, type(row)) for url in urls]


def panel_page(row: Model) -> str:
    """Give the address of the page that shows the panels of a row."""
    return reverse(subjects.get(row._meta.label_lower).url_name, args=[row.pk])


def _admin_urls(key: Any) -> Iterator[str]:
    """Give every address of the console that takes one argument, filled with this key."""
    for name in _names(admin.site.get_urls()):
        yield reverse(f"admin:{name}", args=[key])


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        elif pattern.name and len(pattern.pattern.converters) == 1:
            yield pattern.name
