"""The one place that joins role (may this person use the feature?) and scope (on which rows?)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Model

from finpulse.kernel.access.scope import is_scoped


class RoleAndScope(ModelBackend):
    """Answers `user.has_perm("app.verb_model", obj)` alike for admin, API and templates.

    Roles come from `user.access.permissions`, a frozenset of "app.codename". Nobody is let past scope as a superuser.
    """

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Give the role's permissions; with an object, those that reach it."""
        if not user_obj.is_active or user_obj.is_anonymous:
            return set()
        permissions: frozenset[str] = user_obj.access.permissions
        return {name for name in permissions if obj is None or in_scope(user_obj, name, obj)}

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Ask the role first, then the scope of the row."""
        if not user_obj.is_active or user_obj.is_anonymous or perm not in user_obj.access.permissions:
            return False
        return obj is None or in_scope(user_obj, perm, obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Tell whether the role holds anything of this app."""
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        return any(name.partition(".")[0] == app_label for name in user_obj.access.permissions)


def in_scope(user: Any, perm: str, obj: Model) -> bool:
    """Tell whether the row is within the user's scope for this verb; asked once per object, user and question."""
    if not is_scoped(type(obj)):
        return True
    return is_among(user, _question(perm), obj)


def is_among(user: Any, question: str, obj: Model) -> bool:
    """Tell whether the row is among those that a question of its queryset ("editable_by") gives for the user."""
    answers, key = _answers(obj), (user.pk, question)
    if key not in answers:
        rows = getattr(type(obj)._default_manager.all(), question)(user)
        answers[key] = rows.filter(pk=obj.pk).exists()
    return answers[key]


def ask_together(user: Any, rows: Sequence[Model], *, perm: str = "", question: str = "") -> None:
    """Ask the scope of many rows in one query; policies that ask of each of them then ask no more."""
    if rows:
        question = question or _question(perm)
        among = getattr(type(rows[0])._default_manager.all(), question)(user)
        keys = set(among.filter(pk__in=[row.pk for row in rows]).order_by().values_list("pk", flat=True))
        for row in rows:
            _answers(row)[(user.pk, question)] = row.pk in keys


def remember_scope(user: Any, obj: Model, *, editable: bool) -> None:
    """Keep what the query that read a visible row has said of its scope, so that nobody asks again."""
    _answers(obj).update({(user.pk, "visible_to"): True, (user.pk, "editable_by"): editable})


def _question(perm: str) -> str:
    return "visible_to" if perm.partition(".")[2].startswith("view_") else "editable_by"


def _answers(obj: Model) -> dict[tuple[Any, str], bool]:
    answers: dict[tuple[Any, str], bool] = obj.__dict__.setdefault("_scope_answers", {})
    return answers
