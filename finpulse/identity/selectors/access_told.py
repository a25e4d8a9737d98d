"""What somebody may do and how far he sees, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Permission
from django.db.models import F, Value
from django.db.models.functions import Concat

from finpulse.identity.models import Unit, User
from finpulse.identity.roles import ROLES, SEES_CUSTOMERS, Reach
from finpulse.identity.selectors.role_table import sees_in_words

MOST_UNITS = 20


@dataclass(frozen=True)
class Deed:
    """Something that somebody may do, and the roles that let him, in words."""

    words: str
    roles: list[str]


def deeds_by_module(user: User) -> dict[str, list[Deed]]:
    """Give all that a user may do, by the module's name."""
    modules: dict[str, list[Deed]] = {}
    for permission, name in _held(user):
        roles = [ROLES[role].label for role, held in sorted(user.access.held) if held == permission]
        module = str(apps.get_app_config(permission.partition(".")[0]).verbose_name)
        modules.setdefault(module, []).append(Deed(name.removeprefix("Can ").capitalize(), roles))
    return dict(sorted(modules.items()))


def sees_by_role(user: User) -> list[tuple[str, str]]:
    """Give each role in words with whom it sees."""
    return [(role.label, sees_in_words(name)) for name, role in ROLES.items() if name in user.access.roles]


def units_reached(user: User) -> list[Unit]:
    """Give the first units whose customers a role of his sees, from the top."""
    if Reach.UNIT not in {ROLES[name].reach for name in user.access.roles if name in SEES_CUSTOMERS}:
        return []
    return list(Unit.objects.filter(pk__in=user.access.unit_ids).order_by("path")[:MOST_UNITS])


def _held(user: User) -> list[tuple[str, str]]:
    """Give permissions with their names as Django has them, those about one model together."""
    name = Concat(F("content_type__app_label"), Value("."), F("codename"))
    held = Permission.objects.annotate(in_full=name).filter(in_full__in=user.access.permissions)
    return list(held.order_by("content_type__model", "name").values_list("in_full", "name"))
