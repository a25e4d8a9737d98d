"""What the API's lists tell the trail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django_filters import CharFilter

from finpulse.kernel.looking import is_free_text, tell_list

SEARCH, TYPED = "search", "typed"


def tell_page(view: Any, page: list[Any]) -> None:
    """Tell of a page of scoped rows. What was typed into a filter of free text counts as words."""
    asked = view.request.query_params
    filters, words = {}, []
    for name, typed in _filters(view):
        if value := asked.get(name, "").strip():
            words += [value] if typed else []
            if name != SEARCH:
                filters[name] = TYPED if typed else value
    tell_list(
        view.queryset.model,
        actor=view.request.user,
        surface="api",
        count=len(page),
        more=bool(view.paginator.has_next),
        words=" ".join(words),
        filters=filters,
        place="further on" if asked.get(view.paginator.cursor_query_param) else "",
    )


def filter_names(view: Any) -> list[str]:
    """Give the names of a view's filters."""
    return [name for name, _ in _filters(view)]


def _filters(view: Any) -> Iterable[tuple[str, bool]]:
    """Give each filter's name and whether it takes free text."""
    declared = getattr(view, "filterset_class", None)
    if declared is not None:
        return [(name, isinstance(kind, CharFilter)) for name, kind in declared.base_filters.items()]
    names = getattr(view, "filterset_fields", ())
    return [(name, is_free_text(view.queryset.model, name)) for name in names]
