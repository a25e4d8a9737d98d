"""Where an app plugs in, from its AppConfig.ready(); nothing here knows who does. Cards and panels are in panels.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Named entries in a stable order: by weight, then by name."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[int, Entry]] = {}

    def register(self, name: str, entry: Entry, *, weight: int = 100) -> None:
        """Add an entry. :raises ValueError: when the name is taken by another."""
        if self._entries.get(name, (weight, entry))[1] is not entry:
            raise ValueError(f"{name!r} is registered already")
        self._entries[name] = (weight, entry)

    def get(self, name: str) -> Entry:
        """Give the entry of this name. :raises KeyError: when there is none."""
        return self._entries[name][1]

    def items(self) -> list[tuple[str, Entry]]:
        """Give name and entry of all, in order."""
        ordered = sorted(self._entries.items(), key=lambda item: (item[1][0], item[0]))
        return [(name, entry) for name, (_, entry) in ordered]

    def __iter__(self) -> Iterator[Entry]:
        return (entry for _, entry in self.items())

    def __contains__(self, name: str) -> bool:
        return name in self._entries


@dataclass(frozen=True)
class Subject:
    """A model that lower apps may name by key and id, never by a foreign key that would point up."""

    model: type[Model]
    url_name: str

    def visible_to(self, user: Any) -> QuerySet[Any]:
        """Give the rows of this subject in the user's scope; of a model without scope all, to a role that views it."""
        rows: Any = self.model._default_manager.all()
        if hasattr(rows, "visible_to"):
            scoped: QuerySet[Any] = rows.visible_to(user)
            return scoped
        unscoped: QuerySet[Any] = rows if self.is_viewed_by(user) else rows.none()
        return unscoped

    def is_viewed_by(self, user: Any) -> bool:
        """Tell whether his role views rows of this model at all."""
        may: bool = user.has_perm(f"{self.model._meta.app_label}.view_{self.model._meta.model_name}")
        return may


subjects: Registry[Subject] = Registry()
alert_kinds: Registry[Any] = Registry()
api_routes: Registry[Any] = Registry()
role_permissions: Registry[dict[str, tuple[str, ...]]] = Registry()
grant_models: Registry[type[Model]] = Registry()
# Models whose rows a user has in his charge, as their `manager`.
charge_models: Registry[type[Model]] = Registry()
navigation: Registry[Any] = Registry()
# Models whose rows are only ever added: the web's role may insert and read them, and nothing else.
append_only: Registry[type[Model]] = Registry()
# Pages of the console that belong to no model: callable(admin_site) -> its URL patterns, each wrapped in admin_view.
admin_urls: Registry[Any] = Registry()


@dataclass(frozen=True)
class NavigationEntry:
    """A line of the navigation, shown to who holds the permission. `count(request)` gives what waits there:
    a number, or the rows to count, up to as many as are told. `key` leads there after `g`: "t" for the keys g t.
    """

    section: str
    label: str
    url_name: str
    icon: str
    permission: str = ""
    count: Any = None
    key: str = ""
