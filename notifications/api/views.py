"""One's own notifications."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from finpulse.kernel.api.filters import ScopedFilterSet
from finpulse.kernel.api.viewsets import ScopedViewSet
from notifications.api.serializers import MessageSerializer
from notifications.models import Message
from notifications.selectors import worded
from notifications.services import message_read


class MessageFilter(ScopedFilterSet):
    """Filters by kind, lateness, and whether it is unread."""

    unread = django_filters.BooleanFilter("read_at", "isnull", label="Unread")

    class Meta:
        model = Message
        fields = ("kind", "late")


class MessageViewSet(ScopedViewSet):
    """Messages to you in the console, newest first, about what you may see."""

    queryset = Message.objects.all()
    serializer_class = MessageSerializer
    filterset_class = MessageFilter
    action_permissions = {"read": "notifications.change_message"}

    def get_queryset(self) -> QuerySet[Message]:
        """Narrow to what has reached the console."""
        return super().get_queryset().in_app()  # type: ignore[attr-defined]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List them."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(MessageSerializer(worded(page or []), many=True).data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Show one."""
        return self._answer(self.get_object())

    @extend_schema(request=None, responses=MessageSerializer)
    @action(detail=True, methods=["post"])
    def read(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Mark one as read; a second time changes nothing."""
        return self._answer(message_read(message_id=self.get_object().pk, actor=request.user))

    def _answer(self, message: Message) -> Response:
        return Response(MessageSerializer(worded([message])[0]).data)
