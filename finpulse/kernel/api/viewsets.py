"""Viewsets that show and take only what is in the user's scope."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import viewsets
from rest_framework.permissions import IsAuthenticated

from finpulse.kernel.access.scope import is_scoped
from finpulse.kernel.api.permissions import RolePermission


class ScopedViewSet(viewsets.GenericViewSet):
    """Rows outside the user's scope do not exist here: 404 for every method.

    A subclass adds DRF's mixins for reading; each write is a method that calls one service. `action_permissions` names
    the permission of an action that its HTTP method does not tell.
    """

    permission_classes = (IsAuthenticated, RolePermission)
    action_permissions: ClassVar[dict[str, str]] = {}

    def get_queryset(self) -> QuerySet[Any]:
        """Narrow the class's queryset to the user."""
        rows = super().get_queryset()
        return rows.visible_to(self.request.user) if is_scoped(rows.model) else rows  # type: ignore[attr-defined]

    def in_scope(self, model: type[Model], **lookup: Any) -> Any:
        """Give another row that a request names, or 404."""
        return get_object_or_404(model._default_manager.visible_to(self.request.user), **lookup)  # type: ignore[attr-defined]
