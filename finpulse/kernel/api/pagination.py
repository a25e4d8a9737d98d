"""Pages by key, flat in cost however deep."""

from rest_framework.pagination import CursorPagination


class KeysetPagination(CursorPagination):
    """`results`, `next`, `previous`; `?page_size=` up to 200. The ordering ends in the primary key."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    ordering = "-pk"
