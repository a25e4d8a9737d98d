"""Filters and ordering that tell nothing of rows out of scope."""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey, OneToOneField, QuerySet
from django_filters import NumberFilter
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from rest_framework.filters import OrderingFilter
from rest_framework.request import Request


class ScopedFilterSet(FilterSet):  # type: ignore[misc]
    """A related row is filtered by its id as a number: looking it up would tell which ids exist."""

    FILTER_DEFAULTS = {
        **FilterSet.FILTER_DEFAULTS,
        ForeignKey: {"filter_class": NumberFilter},
        OneToOneField: {"filter_class": NumberFilter},
    }


class ScopedFilterBackend(DjangoFilterBackend):  # type: ignore[misc]
    """Builds `filterset_fields` on ScopedFilterSet."""

    filterset_base = ScopedFilterSet


class KeysetOrdering(OrderingFilter):
    """`?ordering=` over a view's `ordering_fields`, ended by the primary key so that pages neither skip nor repeat."""

    def get_default_valid_fields(
        self, queryset: QuerySet[Any], view: Any, context: Any = None
    ) -> list[tuple[str, str]]:
        """Offer nothing that a view does not name."""
        return []

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        """Give the order asked for, or None for the page's own."""
        if not getattr(view, "ordering_fields", None):
            return None
        ordering = super().get_ordering(request, queryset, view)
        return [*ordering, "pk"] if ordering else None
