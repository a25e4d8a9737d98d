"""A row of every model that a page can list: each app says in its `tests/rows.py` how one of its own is made.

`ROWS` there maps "app.model" to a maker that is given a customer and the colleague in charge of him: a row that hangs
on a customer hangs on this one, any other leaves him aside.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.contrib import admin
from django.db.models import Model

from finpulse.kernel.models import ListColumns
from tests.services.require import CHECKOUT

Maker = Callable[[Any, Any], Model]


def our_apps() -> list[AppConfig]:
    """Give our own apps, the lowest first: the order of the settings."""
    return [
        config for config in apps.get_app_configs() if Path(config.path).parent in (CHECKOUT, CHECKOUT / "finpulse")
    ]


def makers() -> dict[str, Maker]:
    """Give what every app says of its rows, the lowest app's first."""
    found: dict[str, Maker] = {}
    for config in our_apps():
        tests = f"{config.name}.tests"
        if find_spec(tests) and find_spec(f"{tests}.rows"):
            found |= import_module(f"{tests}.rows").ROWS
    return found


def show_all_columns(user: Any) -> None:
    """Have every list show this user all the columns that it offers."""
    for model, page in admin.site._registry.items():
        if offered := getattr(page, "list_offered", ()):
            columns = [*page.list_display, *offered]
            ListColumns.objects.create(user_id=user.pk, listed=model._meta.label_lower, columns=columns)
