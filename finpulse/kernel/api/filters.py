"""Filters and ordering that tell nothing of rows out of scope."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import ForeignKey, OneToOneField, QuerySet
from django.forms import NullBooleanField
from django_filters import NumberFilter
from django_filters.constants import EMPTY_VALUES
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from rest_framework.filters import OrderingFilter
from rest_framework.request import Request

from finpulse.kernel.errors import InputError


class ScopedFilterSet(FilterSet):  # type: ignore[misc]
    """A related row is filtered by its id as a number: looking it up would tell which ids exist."""

    FILTER_DEFAULTS = {
        **FilterSet.FILTER_DEFAULTS,
        ForeignKey: {"filter_class": NumberFilter},
        OneToOneField: {"filter_class": NumberFilter},
    }

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Filter. :raises InputError: for a value that says nothing to its filter, which would leave it out."""
        for name, value in self.form.cleaned_data.items():
            if name in self.data and value in EMPTY_VALUES:
                is_yes_or_no = isinstance(self.form.fields[name], NullBooleanField)
                raise InputError(f"{name} is true or false." if is_yes_or_no else f"{name} has no value.", field=name)
        filtered: QuerySet[Any] = super().filter_queryset(queryset)
        return filtered


class ScopedFilterBackend(DjangoFilterBackend):  # type: ignore[misc]
    """Builds `filterset_fields` on ScopedFilterSet."""

    filterset_base = ScopedFilterSet


class KeysetOrdering(OrderingFilter):
    """`?ordering=` over a view's `ordering_fields`, ended by the primary key so that pages neither skip nor repeat."""

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Tell of it where there is a choice."""
        return super().get_schema_operation_parameters(view) if getattr(view, "ordering_fields", None) else []

    def get_default_valid_fields(
        self, queryset: QuerySet[Any], view: Any, context: Any = None
    ) -> list[tuple[str, str]]:
        """Offer nothing that a view does not name."""
        return []

    def remove_invalid_fields(self, queryset: QuerySet[Any], fields: Iterable[str], view: Any, request: Request) -> Any:
        """Give the fields as they are. :raises InputError: for one that a view does not order by."""
        for field in fields:
            if field.removeprefix("-") not in view.ordering_fields:
                known = ", ".join(view.ordering_fields)
                raise InputError(f"ordering knows no {field[:60]}. Known are: {known}.", field=self.ordering_param)
        return fields

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        """Give the order asked for, or None for the page's own."""
        if not getattr(view, "ordering_fields", None):
            return None
        ordering = super().get_ordering(request, queryset, view)
        return [*ordering, "pk"] if ordering else None
