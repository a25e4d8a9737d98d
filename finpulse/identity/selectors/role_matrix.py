"""What each role may do by the code, and what was changed of that."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Permission

from finpulse.identity.models import RoleChange
from finpulse.identity.role_limits import all_declared, declared, limit
from finpulse.identity.roles import ROLES


@dataclass(frozen=True)
class Line:
    """A permission in words, and how each role, by its label, stands to it: "yes", "given", "taken" or ""."""

    permission: str
    words: str
    cells: list[tuple[str, str]]


@dataclass(frozen=True)
class Way:
    """A change that might be made to a role, or why it may not be."""

    permission: str
    words: str
    held: bool
    refusal: str


def role_matrix() -> dict[str, list[Line]]:
    """Give a line for each permission, by the module's name: two queries."""
    changes, names = _changes(), _names()
    modules: dict[str, list[Line]] = {}
    for permission in all_declared():
        cells = [(role.label, _cell(name, permission, changes)) for name, role in ROLES.items()]
        line = Line(permission, names.get(permission, permission), cells)
        modules.setdefault(_module(permission), []).append(line)
    return dict(sorted(modules.items()))


def ways_of(role: str) -> list[Way]:
    """Give every change that is a change, the possible ones first."""
    changes, names = _changes(), _names()
    ways = []
    for permission in all_declared():
        held = _cell(role, permission, changes) in ("", "taken")
        refusal = limit(role, permission, held=held)
        ways.append(Way(permission, names.get(permission, permission), held, refusal))
    return sorted(ways, key=lambda way: (bool(way.refusal), _module(way.permission), way.words))


def changes_of(role: str) -> list[RoleChange]:
    """Give what was changed of a role, the latest first."""
    return list(RoleChange.objects.filter(role=role).select_related("made_by").order_by("-made_at"))


def permission_in_words(permission: str) -> str:
    """Say what a permission lets somebody do."""
    app, _, codename = permission.partition(".")
    found = Permission.objects.filter(content_type__app_label=app, codename=codename).first()
    return _worded(found.name) if found else permission


def _changes() -> dict[tuple[str, str], bool]:
    rows = RoleChange.objects.values_list("role", "permission", "held")
    return {(role, permission): held for role, permission, held in rows}


def _cell(role: str, permission: str, changes: dict[tuple[str, str], bool]) -> str:
    is_declared = permission in declared(role)
    held = changes.get((role, permission), is_declared)
    if held == is_declared:
        return "yes" if held else ""
    return "given" if held else "taken"


def _names() -> dict[str, str]:
    rows = Permission.objects.values_list("content_type__app_label", "codename", "name")
    return {f"{app}.{codename}": _worded(name) for app, codename, name in rows}


def _worded(name: str) -> str:
    return name.removeprefix("Can ").capitalize()


def _module(permission: str) -> str:
    return str(apps.get_app_config(permission.partition(".")[0]).verbose_name)
