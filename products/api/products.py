"""Products."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import mixins

from finpulse.kernel.api.filters import ScopedFilterSet
from finpulse.kernel.api.pagination import KeysetPagination
from finpulse.kernel.api.viewsets import ScopedViewSet
from products.api.serializers import ProductDetailSerializer, ProductSerializer
from products.models import Product


class ProductFilter(ScopedFilterSet):
    """Filters by field; `search` over the name; `on_offer` now."""

    search = django_filters.CharFilter("name", "icontains", label="Part of the name")
    on_offer = django_filters.BooleanFilter(method="offered", label="May be taken now")

    class Meta:
        model = Product
        fields = ("category", "bank", "brand", "currency", "code", "is_tailored")

    def offered(self, rows: QuerySet[Product], name: str, value: bool) -> QuerySet[Product]:
        """Keep what is on offer now, or what is not."""
        offered = Product.objects.on_offer(timezone.now())
        return rows.filter(pk__in=offered.values("pk")) if value else rows.exclude(pk__in=offered.values("pk"))


class ByCategory(KeysetPagination):
    """By category and name, as the console's list."""

    ordering = ("category", "name", "id")


class ProductViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ScopedViewSet):
    """The catalogue. It changes by an import, never here."""

    queryset = Product.objects.all()
    pagination_class = ByCategory
    filterset_class = ProductFilter
    ordering_fields = ("name", "category", "bank", "code")

    def get_queryset(self) -> QuerySet[Product]:
        """Read today's best rate with the row, and of a single product all that hangs on it."""
        rows: QuerySet[Product] = super().get_queryset().with_best_rate(timezone.localdate())  # type: ignore[attr-defined]
        return rows.prefetch_related("criteria", "fees", "constraints") if self.action == "retrieve" else rows

    def get_serializer_class(self) -> type:
        """A line in a list, the whole on its own."""
        return ProductDetailSerializer if self.action == "retrieve" else ProductSerializer
