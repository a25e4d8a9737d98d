"""Who am I, and what may I do?"""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from finpulse.identity.actor import actor_of
from finpulse.kernel.api.viewsets import PlainViewSet


class MeSerializer(serializers.Serializer):
    """The signed-in user."""

    id = serializers.IntegerField()
    username = serializers.CharField()
    name = serializers.CharField()
    email = serializers.CharField()
    unit = serializers.CharField(allow_null=True, help_text="The unit's code.")
    roles = serializers.ListField(child=serializers.CharField())
    permissions = serializers.ListField(child=serializers.CharField())


class MeViewSet(PlainViewSet):
    """The signed-in user."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="me", responses=MeSerializer)
    def list(self, request: Request) -> Response:
        """Give your roles and permissions."""
        user = actor_of(request)
        me = {
            "id": user.pk,
            "username": user.username,
            "name": str(user),
            "email": user.email,
            "unit": user.unit.code if user.unit else None,
            "roles": sorted(user.access.roles),
            "permissions": sorted(user.access.permissions),
        }
        return Response(MeSerializer(me).data)
