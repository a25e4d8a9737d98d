"""Customers and holdings."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.request import Request
from rest_framework.response import Response

from crm.api.customer_figures import CustomerFigures
from crm.api.parts import HoldingParts
from crm.api.relations import CustomerCircles
from crm.api.serializers import (
    CustomerDetailSerializer,
    CustomerEditSerializer,
    CustomerSerializer,
    HoldingSerializer,
)
from crm.models import Customer, Holding
from crm.selectors.search import customers_matching
from crm.services import customer_edit
from finpulse.identity.actor import actor_of
from finpulse.kernel.api.filters import ScopedFilterSet
from finpulse.kernel.api.pagination import KeysetPagination
from finpulse.kernel.api.viewsets import ScopedViewSet


class CustomerFilter(ScopedFilterSet):
    """Filters by field, and `search` over name, number, phone and e-mail."""

    search = django_filters.CharFilter(method="matching", label="Name, number, phone or e-mail")

    class Meta:
        model = Customer
        fields = ("kind", "segment", "status", "kyc_status", "unit", "manager", "customer_no")

    def matching(self, rows: QuerySet[Customer], name: str, value: str) -> QuerySet[Customer]:
        """Search as the console does."""
        return customers_matching(rows, value)


class ByName(KeysetPagination):
    """By name, as every list of customers."""

    ordering = ("sort_name", "id")


class CustomerViewSet(
    CustomerCircles, CustomerFigures, mixins.ListModelMixin, mixins.RetrieveModelMixin, ScopedViewSet
):
    """Customers in your scope."""

    queryset = Customer.objects.all()
    pagination_class = ByName
    filterset_class = CustomerFilter
    ordering_fields = ("sort_name", "customer_no")
    http_method_names = ["get", "patch", "head", "options"]
    action_permissions = dict.fromkeys(("household", "group"), "crm.view_relationship") | {
        "figures": "crm.view_holding",
        "months": "crm.view_balance",
    }

    def get_queryset(self) -> QuerySet[Customer]:
        """Read for a list what a list shows, along with the customer what his figures are told by."""
        rows = self.read_along(super().get_queryset(), self.action)
        return rows.defer("national_id", "tax_id", "search_text") if self.action == "list" else rows

    def get_serializer_class(self) -> type:
        """A line in a list, the whole on its own."""
        return CustomerDetailSerializer if self.action in ("retrieve", "partial_update") else CustomerSerializer

    @extend_schema(request=CustomerEditSerializer, responses=CustomerDetailSerializer)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Edit contact data."""
        customer = self.get_object()
        form = CustomerEditSerializer(customer, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        edited = customer_edit(customer_id=customer.pk, changes=form.validated_data, actor=actor_of(request))
        return Response(CustomerDetailSerializer(edited).data)


class HoldingFilter(ScopedFilterSet):
    """Filters by field; `party` is a customer who owns it, alone or jointly."""

    party = django_filters.NumberFilter(method="of_party", label="Owner or joint owner")
    matures_after = django_filters.DateFilter("matures_on", "gte")
    matures_before = django_filters.DateFilter("matures_on", "lte")

    class Meta:
        model = Holding
        fields = ("kind", "status", "currency", "product_code", "holding_no")

    def of_party(self, rows: QuerySet[Holding], name: str, value: Any) -> QuerySet[Holding]:
        """Holdings of a customer in scope; of any other, none."""
        in_scope = Customer.objects.visible_to(self.request.user).filter(pk=value)
        return rows.owned_by(value) if in_scope.exists() else rows.none()  # type: ignore[attr-defined]


class NewestOrSoonest(KeysetPagination):
    """The newest first; of what matures within a span, the soonest."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        """Walk what matures in the order of its index."""
        ordering = super().get_ordering(request, queryset, view)
        spans = any(request.query_params.get(name) for name in ("matures_after", "matures_before"))
        return ("matures_on", "pk") if spans and ordering == (self.ordering,) else ordering


class HoldingViewSet(HoldingParts, mixins.ListModelMixin, mixins.RetrieveModelMixin, ScopedViewSet):
    """Holdings of which you may see an owner or joint owner."""

    queryset = Holding.objects.all()
    pagination_class = NewestOrSoonest
    serializer_class = HoldingSerializer
    filterset_class = HoldingFilter
    ordering_fields = ("holding_no", "opened_on")
    action_permissions = {
        "parties": "crm.view_holdingparty",
        "positions": "crm.view_position",
        "balances": "crm.view_balance",
    }

    def get_queryset(self) -> QuerySet[Holding]:
        """Mark where the primary owner himself is in scope."""
        return super().get_queryset().with_owner(self.request.user)  # type: ignore[attr-defined]
