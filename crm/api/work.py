"""Interactions and tasks."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.api.serializers import InteractionLogSerializer, InteractionSerializer, TaskAddSerializer, TaskSerializer
from crm.models import Customer, Interaction, Task
from crm.services import NextStep, interaction_log, task_add, task_complete
from finpulse.identity.actor import actor_of
from finpulse.kernel.api.idempotency import once
from finpulse.kernel.api.viewsets import ScopedViewSet


class InteractionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ScopedViewSet):
    """What was said with customers in your scope."""

    queryset = Interaction.objects.all()
    serializer_class = InteractionSerializer
    filterset_fields = ("customer", "channel", "direction")
    ordering_fields = ("occurred_at",)

    @extend_schema(request=InteractionLogSerializer, responses={201: InteractionSerializer})
    @once
    def create(self, request: Request) -> Response:
        """Log an interaction, with its next step in the same transaction."""
        form = InteractionLogSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = dict(form.validated_data)
        customer = self.in_scope(Customer, pk=data.pop("customer"))
        step = data.pop("next_step", None)
        logged = interaction_log(
            customer_id=customer.pk, next_step=NextStep(**step) if step else None, actor=actor_of(request), **data
        )
        return Response(InteractionSerializer(logged).data, status=201)


class TaskViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ScopedViewSet):
    """Follow-ups for customers in your scope."""

    queryset = Task.objects.all()
    serializer_class = TaskSerializer
    filterset_fields = ("customer", "assignee", "state", "due_on")
    ordering_fields = ("due_on",)
    action_permissions = {"done": "crm.change_task"}

    def get_queryset(self) -> QuerySet[Task]:
        """Read the customer along where a verb asks for his scope."""
        rows = super().get_queryset()
        return rows.select_related("customer") if self.action == "done" else rows

    @extend_schema(request=TaskAddSerializer, responses={201: TaskSerializer})
    @once
    def create(self, request: Request) -> Response:
        """Plan a follow-up for yourself."""
        form = TaskAddSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = dict(form.validated_data)
        customer = self.in_scope(Customer, pk=data.pop("customer"))
        self.check_object_permissions(request, customer)
        task = task_add(customer_id=customer.pk, actor=actor_of(request), **data)
        return Response(TaskSerializer(task).data, status=201)

    @extend_schema(request=None, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    def done(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Mark done; done again changes nothing."""
        return Response(TaskSerializer(task_complete(task_id=self.get_object().pk, actor=actor_of(request))).data)
