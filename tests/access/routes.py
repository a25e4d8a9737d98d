"""Every route that the resolver knows and that takes an id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

ADMIN_METHODS = ("get", "post")
API_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Route:
    """A route with its arguments' names and the model that it is about, as "app.model" ("" when about none)."""

    path: str
    arguments: tuple[str, ...]
    model: str

    @property
    def methods(self) -> tuple[str, ...]:
        return API_METHODS if self.path.startswith("api/") else ADMIN_METHODS

    def url(self, value: object) -> str:
        """Fill every argument with one value."""
        url = self.path
        for argument in self.arguments:
            url = url.replace(argument, str(value))
        return "/" + url


def routes_with_id() -> list[Route]:
    """Give the admin's and the API's routes that take an argument."""
    found = [route for route in _walk(get_resolver().url_patterns, "") if route.arguments]
    return [route for route in found if route.path.startswith(("admin/", "api/v1/"))]


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        else:
            yield Route(path, _arguments(path), _model(path, pattern))


def _arguments(path: str) -> tuple[str, ...]:
    return tuple(re.findall(r"<[^>]+>(?!\))", path.replace("(?P<", "(")))


def _model(path: str, pattern: URLPattern) -> str:
    viewset = getattr(pattern.callback, "cls", None)
    if viewset is not None:
        queryset = getattr(viewset, "queryset", None)
        return queryset.model._meta.label_lower if queryset is not None else ""
    parts = path.split("/")
    return f"{parts[1]}.{parts[2]}" if len(parts) > 3 and not parts[1].startswith("<") else ""
