"""A list of rows that costs the same in a large bank as in a small one."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from finpulse.kernel.bulk import MOST


class ScopedChangeList(ChangeList):
    """Orders by the columns that the list offers for it and no other, and reads every page by the paginator.

    `columns` are all that may be shown, `verbs` what can be done with rows that are selected, `sheet_query` the list's
    own query, which the forms of both give back.
    """

    model_admin: Any
    most_at_once = MOST

    def __init__(self, request: HttpRequest, model: type[Model], list_display: Any, *rest: Any) -> None:
        *_, model_admin, _, _ = rest
        self.verbs = model_admin.verbs_for(request)
        self.columns = model_admin.columns_offered(request)
        self.sheet_query = request.GET.urlencode()
        # Before all else: an order names columns by their place.
        marked = ["action_checkbox", *list_display] if self.verbs else list_display
        super().__init__(request, model, marked, *rest)

    @property
    def may_take_all(self) -> bool:
        """Tell whether all that match fit into one go."""
        return self.result_count <= MOST

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        """Read what the columns shown need."""
        rows = super().get_queryset(request, *args, **kwargs)
        narrowed: QuerySet[Any] = self.model_admin.with_columns(rows, self.list_display)
        return narrowed

    def get_ordering_field(self, field_name: Any) -> Any:
        """Give the order of a column, None for one that is not offered: stock lists order by any that is asked."""
        offered = self.sortable_by is None or field_name in self.sortable_by
        return super().get_ordering_field(field_name) if offered else None

    def get_results(self, request: HttpRequest) -> None:
        """Read a single page as any other."""
        super().get_results(request)
        if not self.multi_page:
            self.result_list = self.paginator.page(1).object_list
