"""A list of rows that costs the same in a large bank as in a small one."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest


class ScopedChangeList(ChangeList):
    """Orders by the columns that the list offers for it and no other, and reads every page by the paginator.

    `columns` are all that may be shown, `sheet_query` what the form that picks them gives back.
    """

    model_admin: Any

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        super().__init__(request, *args)
        self.columns = self.model_admin.columns_offered(request)
        self.sheet_query = request.GET.urlencode()

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
