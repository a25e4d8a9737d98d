"""Who stands to whom, and who belongs together."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.api.amounts import share_field
from crm.api.serializers import CustomerSerializer
from crm.models import Customer, Relationship
from crm.querysets import runs_on
from crm.selectors.connected import Circle, group_of, household_of
from finpulse.kernel.api.filters import ScopedFilterSet
from finpulse.kernel.api.viewsets import ScopedViewSet
from finpulse.kernel.looking import tell_list

ENDS = Relationship.ENDS
# What is told of a relationship with somebody out of scope.
TOLD = ("id", "kind", "share", "in_force")


class RelationshipSerializer(serializers.ModelSerializer):
    """Read "`customer` is KIND `related`". An end out of the reader's scope is null, and so are its days."""

    share = share_field()
    in_force = serializers.SerializerMethodField()

    class Meta:
        model = Relationship
        fields = ("id", "customer", "kind", "related", "share", "since_on", "until_on", "in_force")
        read_only_fields = fields
        extra_kwargs = {end: {"allow_null": True} for end in ENDS}

    def get_in_force(self, relationship: Relationship) -> bool:
        """Whether it runs today."""
        return runs_on(relationship, timezone.localdate())

    def to_representation(self, relationship: Any) -> dict[str, Any]:
        """Leave out who is not in scope, and since when."""
        shown = super().to_representation(relationship)
        seen = [end for end in ENDS if getattr(relationship, f"{end}_in_scope")]
        if len(seen) == len(ENDS):
            return shown
        return dict.fromkeys(shown) | {name: shown[name] for name in (*TOLD, *seen)}


class RelationshipFilter(ScopedFilterSet):
    """`customer` is at either end, and in scope."""

    customer = django_filters.NumberFilter(method="of_customer", label="At either end")

    class Meta:
        model = Relationship
        fields = ("kind",)

    def of_customer(self, rows: QuerySet[Relationship], name: str, value: Any) -> QuerySet[Relationship]:
        """Relationships of a customer in scope; of any other, none."""
        in_scope = Customer.objects.visible_to(self.request.user).filter(pk=value)
        return rows.of_customer(value) if in_scope.exists() else rows.none()  # type: ignore[attr-defined]


class RelationshipViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ScopedViewSet):
    """Relationships of customers in your scope; who is at the other end only where he is in it too."""

    queryset = Relationship.objects.all()
    serializer_class = RelationshipSerializer
    filterset_class = RelationshipFilter

    def get_queryset(self) -> QuerySet[Relationship]:
        """Mark which end is in scope."""
        return super().get_queryset().with_ends(self.request.user)  # type: ignore[attr-defined]


class CircleSerializer(serializers.Serializer):
    """Customers in your scope who belong together; `hidden` more stand next to them, out of it. `cut`: too many."""

    members = CustomerSerializer(many=True, read_only=True)
    hidden = serializers.IntegerField(read_only=True)
    cut = serializers.BooleanField(read_only=True)


class CustomerCircles:
    """Below a customer in scope."""

    @extend_schema(responses=CircleSerializer)
    @action(detail=True, filter_backends=())
    def household(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A person with spouse or partner and the minor children of either; of a minor, that of his parents."""
        return self._circle(household_of)

    @extend_schema(responses=CircleSerializer)
    @action(detail=True, filter_backends=())
    def group(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The group of connected clients by control, walked through your scope only."""
        return self._circle(group_of)

    def _circle(self, asked: Any) -> Response:
        view: Any = self
        customer = view.get_object()
        circle: Circle = asked(customer, view.request.user)
        told = {f"{view.action}_of": str(customer.pk)}
        tell_list(Customer, actor=view.request.user, surface="api", count=len(circle.members), filters=told)
        return Response(CircleSerializer(circle).data)
