"""What a list's page says of itself."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.admin import site
from django.contrib.admin.views.main import ChangeList
from django.db.models.options import Options
from django.utils.text import capfirst

register = template.Library()


@register.filter
def list_title(opts: Options[Any]) -> str:
    """Give what the page of a model's list is called."""
    return str(getattr(_admin(opts), "list_title", "") or capfirst(opts.verbose_name_plural))


@register.filter
def row_called(opts: Options[Any]) -> str:
    """Give what one row of a model is called on its pages."""
    return str(getattr(_admin(opts), "row_called", "") or opts.verbose_name)


def _admin(opts: Options[Any]) -> Any:
    return site._registry.get(opts.model)


@register.simple_tag
def active_filters(changelist: ChangeList) -> list[dict[str, Any]]:
    """Give the filters that narrow the list: `title`, what is `shown`, and the query `without` it.

    The first choice of a filter is what the list shows when nobody asked for anything.
    """
    found = []
    for spec in changelist.filter_specs:
        first, *others = spec.choices(changelist)
        found += [
            {"title": spec.title, "shown": choice["display"], "without": first["query_string"]}
            for choice in others
            if choice["selected"]
        ]
    return found
