"""Pages by key, flat in cost however deep."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

from finpulse.kernel.api.filters import KeysetOrdering


class KeysetPagination(CursorPagination):
    """`results`, `next`, `previous`; `?page_size=` up to 200. The ordering ends in the primary key."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    ordering: Any = "-pk"

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        """Give the order asked for, or this page's own."""
        asked = KeysetOrdering().get_ordering(request, queryset, view)
        ordering = asked or self.ordering
        return (ordering,) if isinstance(ordering, str) else tuple(ordering)
