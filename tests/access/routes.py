"""Every route that the resolver knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

ADMIN_METHODS = ("get", "post")
API_METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
ARGUMENT = re.compile(r"<[^>]+>")
# A pattern written as a regular expression is known by its argument's name: what it admits changes with the apps.
GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)")


@dataclass(frozen=True)
class Route:
    """A route and the model that it is about, as "app.model" ("" when about none)."""

    path: str
    model: str

    @property
    def methods(self) -> tuple[str, ...]:
        return API_METHODS if self.path.startswith("api/") else ADMIN_METHODS

    @property
    def takes_id(self) -> bool:
        return ARGUMENT.search(self.path) is not None

    def url(self, value: object) -> str:
        """Fill the argument."""
        return "/" + ARGUMENT.sub(str(value), self.path)


def all_routes() -> list[Route]:
    """Give every route, of packages too."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        path = GROUP.sub(r"<\1>", prefix + str(pattern.pattern).lstrip("^").rstrip("$"))
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        else:
            yield Route(path, _model(path, pattern))


def _model(path: str, pattern: URLPattern) -> str:
    viewset = getattr(pattern.callback, "cls", None)
    if viewset is not None:
        queryset = getattr(viewset, "queryset", None)
        return queryset.model._meta.label_lower if queryset is not None else ""
    parts = path.split("/")
    return f"{parts[1]}.{parts[2]}" if len(parts) > 3 and not parts[1].startswith("<") else ""
