"""Pages by key, flat in cost however deep."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from finpulse.kernel.access.keys import keys_of
from finpulse.kernel.api.filters import KeysetOrdering
from finpulse.kernel.errors import InputError

SEARCH = "search"


class Place(NamedTuple):
    """Between two rows: the values that order the one before, and whether the page lies before it."""

    values: list[Any]
    backwards: bool


class KeysetPagination(CursorPagination):
    """`results`, `next`, `previous`; `?page_size=` up to 200. The ordering ends in the primary key and knows no nulls.

    A cursor holds the values that order a row. A page's keys are found first, by an index alone, and its rows by key.
    """

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    ordering: Any = "-pk"

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        """Give the order asked for, or this page's own."""
        asked = KeysetOrdering().get_ordering(request, queryset, view)
        ordering = asked or self.ordering
        return (ordering,) if isinstance(ordering, str) else tuple(ordering)

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Give the page that the request's cursor names, or the first."""
        self.page_size = self.get_page_size(request)
        self.base_url = request.build_absolute_uri()
        self.ordering = self.get_ordering(request, queryset, view)
        place = self._place(request, queryset)
        backwards = place is not None and place.backwards
        ordering = [_turned(name) for name in self.ordering] if backwards else list(self.ordering)
        rows = queryset.order_by(*ordering)
        if place is not None:
            rows = rows.filter(_beyond(ordering, place.values))
        found = list(rows.filter(pk__in=self._keys(rows, request)))
        more, self.page = len(found) > self.page_size, found[: self.page_size]
        if backwards:
            self.page.reverse()
        self.has_next, self.has_previous = (True, more) if backwards else (more, place is not None)
        return self.page

    def get_page_size(self, request: Request) -> int:
        """Give how many rows a page is to have. :raises InputError: for what is no such number."""
        name = str(self.page_size_query_param)
        text = request.query_params.get(name, str(self.page_size))
        if not (
            text.isdecimal() and len(text) <= len(str(self.max_page_size)) and 1 <= int(text) <= self.max_page_size
        ):
            raise InputError(f"{name} is a whole number from 1 to {self.max_page_size}.", field=name)
        return int(text)

    def get_next_link(self) -> str | None:
        """Give the address of what follows the page's last row."""
        return self._link(self.page[-1], backwards=False) if self.has_next and self.page else None

    def get_previous_link(self) -> str | None:
        """Give the address of what comes before the page's first row."""
        return self._link(self.page[0], backwards=True) if self.has_previous and self.page else None

    def _keys(self, rows: QuerySet[Any], request: Request) -> list[int]:
        # As in the console's paginator: a plan for few rows would take what was searched to lie evenly over the order.
        wanted = self.page_size + 1
        return keys_of(rows)[:wanted] if request.query_params.get(SEARCH) else keys_of(rows, 0, wanted)

    def _link(self, row: Any, *, backwards: bool) -> str:
        values = [getattr(row, name.lstrip("-")) for name in self.ordering]
        text = json.dumps([backwards, *values], cls=DjangoJSONEncoder, separators=(",", ":"))
        cursor = urlsafe_b64encode(text.encode()).decode().rstrip("=")
        return replace_query_param(str(self.base_url), self.cursor_query_param, cursor)

    def _place(self, request: Request, queryset: QuerySet[Any]) -> Place | None:
        text = request.query_params.get(self.cursor_query_param)
        if not text:
            return None
        try:
            backwards, *values = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            fields = [_field(queryset, name) for name in self.ordering]
            return Place([_value(*pair) for pair in zip(fields, values, strict=True)], backwards is True)
        except (ValueError, TypeError, ValidationError) as error:
            sentence = "This cursor is none that this list gave in this order: take it from next or previous, whole."
            raise InputError(sentence, field=self.cursor_query_param) from error


def _field(queryset: QuerySet[Any], name: str) -> Any:
    meta, bare = queryset.model._meta, name.lstrip("-")
    return meta.pk if bare == "pk" else meta.get_field(bare)


def _value(field: Any, value: Any) -> Any:
    """Give the value of a cursor as its column holds it. :raises ValueError: for what no column holds."""
    if value is None or "\0" in str(value):
        raise ValueError(value)
    return field.to_python(value)


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(ordering: list[str], values: list[Any]) -> Q:
    """Give the condition that a row comes after these values; its first part is what an index starts from."""
    names = [name.lstrip("-") for name in ordering]
    first, *_ = ordering
    condition = Q(**{f"{names[0]}__{'lte' if first.startswith('-') else 'gte'}": values[0]})
    after = Q()
    for place, name in enumerate(ordering):
        equal = dict(zip(names[:place], values[:place], strict=True))
        after |= Q(**equal, **{f"{names[place]}__{'lt' if name.startswith('-') else 'gt'}": values[place]})
    return condition & after
