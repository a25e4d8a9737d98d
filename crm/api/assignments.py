"""Who had whom in charge, and giving an unassigned customer his manager."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from crm.models import Assignment, Customer
from crm.services import customer_assign
from finpulse.identity.actor import actor_of
from finpulse.identity.models import User
from finpulse.kernel.api.idempotency import once
from finpulse.kernel.api.viewsets import ScopedViewSet


class AssignmentSerializer(serializers.ModelSerializer):
    """A customer in one manager's charge, or in his unit's pool (null), from until before; null for until now."""

    class Meta:
        model = Assignment
        fields = ("id", "customer", "manager", "since_at", "until_at", "moved_by", "reason", "proposal")
        read_only_fields = fields


class AssignSerializer(serializers.Serializer):
    """Which customer to whom, and why."""

    customer = serializers.IntegerField()
    manager = serializers.CharField(help_text="His user name.")
    reason = serializers.CharField(max_length=500)


class AssignmentViewSet(mixins.ListModelMixin, ScopedViewSet):
    """The history of assignments of customers in your scope, the latest first."""

    queryset = Assignment.objects.all()
    serializer_class = AssignmentSerializer
    filterset_fields = ("customer", "manager")

    @extend_schema(request=AssignSerializer, responses={201: AssignmentSerializer})
    @once
    def create(self, request: Request) -> Response:
        """Assign an unassigned customer; one who has a manager is handed over in the console."""
        form = AssignSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        facts = form.validated_data
        customer = self.in_scope(Customer, pk=facts["customer"])
        manager = get_object_or_404(User.objects.with_access().select_related("unit"), username=facts["manager"])
        customer_assign(customer_id=customer.pk, to_manager=manager, actor=actor_of(request), reason=facts["reason"])
        running = Assignment.objects.get(customer=customer, until_at=None)
        return Response(AssignmentSerializer(running).data, status=201)
