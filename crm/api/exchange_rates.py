"""Exchange rates, of the past too."""

from __future__ import annotations

from rest_framework import mixins, serializers

from crm.api.amounts import NumberField
from crm.models import ExchangeRate
from finpulse.kernel.api.filters import ScopedFilterSet
from finpulse.kernel.api.pagination import KeysetPagination
from finpulse.kernel.api.viewsets import ScopedViewSet


class ExchangeRateSerializer(serializers.ModelSerializer):
    """One unit of `currency` in `base`, as of a day."""

    rate = NumberField(digits=20, places=10)

    class Meta:
        model = ExchangeRate
        fields = ("id", "currency", "base", "rate", "as_of", "source")
        read_only_fields = fields


class ExchangeRateFilter(ScopedFilterSet):
    """Filters by field."""

    class Meta:
        model = ExchangeRate
        fields = ("currency", "base", "as_of")


class NewestFirst(KeysetPagination):
    """The newest day first."""

    ordering = ("-as_of", "-id")


class ExchangeRateViewSet(mixins.ListModelMixin, ScopedViewSet):
    """What currencies are worth in one another, day by day, as the core-banking system told."""

    queryset = ExchangeRate.objects.all()
    pagination_class = NewestFirst
    serializer_class = ExchangeRateSerializer
    filterset_class = ExchangeRateFilter
