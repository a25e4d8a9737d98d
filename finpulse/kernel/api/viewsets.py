"""Viewsets that show and take only what is in the user's scope."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from finpulse.kernel.access.scope import is_scoped
from finpulse.kernel.api.looking import tell_page
from finpulse.kernel.api.parameters import KnownParameters
from finpulse.kernel.api.permissions import RolePermission
from finpulse.kernel.looking import tell_row


class PlainViewSet(KnownParameters, viewsets.ViewSet):
    """Answers of its own making, which are no rows."""


class ScopedViewSet(KnownParameters, viewsets.GenericViewSet):
    """Rows outside the user's scope do not exist here: 404 for every method.

    Each look is written down before its answer.

    A subclass adds DRF's mixins for reading; each write is a method that calls one service. `action_permissions` names
    the permission of an action that its HTTP method does not tell.
    """

    permission_classes = (IsAuthenticated, RolePermission)
    action_permissions: ClassVar[dict[str, str]] = {}
    _told = False

    def get_queryset(self) -> QuerySet[Any]:
        """Narrow the class's queryset to the user."""
        rows = super().get_queryset()
        return rows.visible_to(self.request.user) if is_scoped(rows.model) else rows  # type: ignore[attr-defined]

    def get_object(self) -> Any:
        """Give the row, once the look at it is written down."""
        row = super().get_object()
        if self.detail and self.request.method in ("GET", "HEAD") and is_scoped(type(row)):
            what = "api" if self.action == "retrieve" else f"api {self.action}"
            tell_row(row, actor=self.request.user, surface=what)
            self._told = True
        return row

    def paginate_queryset(self, queryset: Any) -> Any:
        """Give a page, once the look at it is written down."""
        page = super().paginate_queryset(queryset)
        if page is not None and self._is_scoped():
            tell_page(self, page)
            self._told = True
        return page

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        """Refuse to answer with scoped rows that nobody was told of. :raises ImproperlyConfigured: then."""
        answer: Response = super().finalize_response(request, response, *args, **kwargs)
        shows = self.request.method in ("GET", "HEAD") and answer.status_code == HTTPStatus.OK
        if shows and not self._told and self._is_scoped():
            raise ImproperlyConfigured(f"{type(self).__name__}.{self.action} shows rows without telling the trail.")
        return answer

    def _is_scoped(self) -> bool:
        view: Any = self
        return is_scoped(view.queryset.model)

    def in_scope(self, model: type[Model], **lookup: Any) -> Any:
        """Give another row that a request names, or 404."""
        return get_object_or_404(model._default_manager.visible_to(self.request.user), **lookup)  # type: ignore[attr-defined]
