"""What a token may be made for: reading or writing a resource of the API, as the apps register them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from rest_framework.exceptions import APIException
from rest_framework.permissions import SAFE_METHODS

from finpulse.kernel.registries import api_routes

READ, WRITE = "read", "write"
EVERYTHING = "*"
_WRITING = ("create", "update", "partial_update", "destroy")


@dataclass(frozen=True)
class Resource:
    """A resource by its name in the API's addresses, and whether anything can be written there."""

    name: str
    is_written: bool

    @property
    def label(self) -> str:
        """The name as words."""
        return "everything" if self.name == EVERYTHING else self.name.replace("-", " ")

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes that a token can have here."""
        return tuple(f"{self.name}:{verb}" for verb in ((READ, WRITE) if self.is_written else (READ,)))


def resources(permitted: Collection[str] | None = None) -> list[Resource]:
    """Give all resources, everything first; with the permissions that a user holds, only those that he may look at."""
    named = [Resource(name, _is_written(viewset)) for name, viewset in api_routes.items() if _opens(viewset, permitted)]
    return [Resource(EVERYTHING, any(one.is_written for one in named)), *sorted(named, key=lambda one: one.name)]


def known_scopes() -> frozenset[str]:
    """Give every scope that there is."""
    return frozenset(scope for resource in resources() for scope in resource.scopes)


def scope_words(scopes: Iterable[str]) -> list[str]:
    """Say the scopes for people: "read and write tasks"."""
    held: dict[str, list[str]] = {}
    for scope in sorted(scopes):
        name, _, verb = scope.partition(":")
        held.setdefault(name, []).append(verb)
    return [f"{' and '.join(verbs)} {Resource(name, False).label}" for name, verbs in held.items()]


def scope_needed(view: Any, method: str) -> str:
    """Give the scope that a request needs, "" for what stands beside the resources and only describes them."""
    name = getattr(view, "basename", "") or ""
    if method in SAFE_METHODS:
        return f"{name}:{READ}" if name else ""
    return f"{name or EVERYTHING}:{WRITE}"


def demand_scope(needed: str, held: Collection[str]) -> None:
    """Let a request pass whose token covers it. :raises ScopeMissing: for any other."""
    verb = needed.partition(":")[2]
    if needed and not {needed, f"{EVERYTHING}:{verb}"} & set(held):
        raise ScopeMissing(needed)


class ScopeMissing(APIException):
    """The token is sound, and was not made for this: 403 as RFC 6750 words it."""

    status_code = 403

    def __init__(self, scope: str) -> None:
        super().__init__(f"This token was not made for that: it lacks the scope {scope}.")
        self.members = {"scope": scope}
        self.auth_header = f'Bearer error="insufficient_scope", scope="{scope}"'


def _is_written(viewset: Any) -> bool:
    extra = {method.upper() for action in viewset.get_extra_actions() for method in action.mapping}
    return bool(extra - set(SAFE_METHODS)) or any(hasattr(viewset, name) for name in _WRITING)


def _opens(viewset: Any, permitted: Collection[str] | None) -> bool:
    rows = getattr(viewset, "queryset", None)
    if permitted is None or rows is None:
        return True
    return f"{rows.model._meta.app_label}.view_{rows.model._meta.model_name}" in permitted
