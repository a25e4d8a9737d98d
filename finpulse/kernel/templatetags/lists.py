"""What a list's page says of itself."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.admin.views.main import ChangeList

register = template.Library()


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
