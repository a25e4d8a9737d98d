"""Rates over time."""

from __future__ import annotations

from datetime import date

import django_filters
from django.db.models import QuerySet
from rest_framework import mixins

from finpulse.kernel.api.filters import ScopedFilterSet
from finpulse.kernel.api.viewsets import ScopedViewSet
from products.api.serializers import RateSerializer
from products.models import Rate


class RateFilter(ScopedFilterSet):
    """Filters by field; `search` over the conditions; `on` keeps the rates in force on a day."""

    search = django_filters.CharFilter("conditions", "icontains", label="Part of the conditions")
    on = django_filters.DateFilter(method="in_force", label="In force on this day")
    category = django_filters.CharFilter("product__category", label="Category of the product")

    class Meta:
        model = Rate
        fields = ("product", "side", "type", "term_months", "loan_purpose", "repayment_type")

    def in_force(self, rows: QuerySet[Rate], name: str, value: date) -> QuerySet[Rate]:
        """Keep the rates of a day."""
        return rows.in_force(value)  # type: ignore[attr-defined]


class RateViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ScopedViewSet):
    """Published rates, those of the past included."""

    queryset = Rate.objects.prefetch_related("tiers")
    serializer_class = RateSerializer
    filterset_class = RateFilter
    ordering_fields = ("product", "rate", "valid_from")
