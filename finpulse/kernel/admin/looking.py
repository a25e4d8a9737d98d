"""What the console's lists tell the trail."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest

from finpulse.kernel.access.scope import is_scoped
from finpulse.kernel.admin.paginator import CappedPaginator
from finpulse.kernel.looking import Look, is_free_text, tell, tell_list

TYPED = "typed"


def tell_changelist(request: HttpRequest, changelist: ChangeList) -> None:
    """Tell of a list, if its rows are scoped. What was typed into a column of free text counts as words."""
    if not is_scoped(changelist.model):
        return
    filters, words = {}, [changelist.query.strip()]
    for name, values in changelist.get_filters_params().items():
        typed = is_free_text(changelist.model, name.partition("__")[0])
        filters[name] = TYPED if typed else ",".join(map(str, values))
        words += map(str, values) if typed else []
    paginator: Any = changelist.paginator
    tell_list(
        changelist.model,
        actor=request.user,
        surface="console",
        count=changelist.result_count,
        more=isinstance(paginator, CappedPaginator) and paginator.reached > paginator.count,
        words=" ".join(filter(None, words)),
        filters=filters,
        place=f"page {changelist.page_num}" if changelist.page_num != 1 else "",
    )


def tell_my_day(request: HttpRequest, cards: dict[str, list[dict[str, Any]]]) -> None:
    """Tell of my day, with how many rows each card lists; a day without cards shows nothing."""
    shown = {card["name"]: _rows(card["context"]) for column in cards.values() for card in column}
    if shown:
        tell(Look("kernel.my_day.viewed", request.user, detail={"cards": shown, "count": sum(shown.values())}))


def _rows(context: dict[str, Any]) -> int:
    return sum(len(value) for value in context.values() if isinstance(value, list))


class ToldAutocomplete(AutocompleteJsonView):
    """The choices for a related row, which are a search like any other."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell of the page once it is cut."""
        context = super().get_context_data(**kwargs)
        rows, term = list(context["object_list"]), self.term.strip()
        if is_scoped(self.model_admin.model):
            more = context["page_obj"].has_next()
            model, actor = self.model_admin.model, self.request.user
            tell_list(model, actor=actor, surface="choices", count=len(rows), more=more, words=term)
        return {**context, "object_list": rows}
