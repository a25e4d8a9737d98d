"""The role's part of the API's permission question, reads included."""

from __future__ import annotations

from typing import Any

from rest_framework import permissions
from rest_framework.request import Request

VERBS = {
    "GET": "view",
    "HEAD": "view",
    "OPTIONS": "view",
    "POST": "add",
    "PUT": "change",
    "PATCH": "change",
    "DELETE": "delete",
}


class RolePermission(permissions.BasePermission):
    """Asks `app.verb_model` of the role, and of the row when there is one."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Ask the role."""
        return request.user.is_authenticated and request.user.has_perm(self.name(request, view))

    def has_object_permission(self, request: Request, view: Any, obj: Any) -> bool:
        """Ask role and scope for this row."""
        return request.user.has_perm(self.name(request, view), obj)

    def name(self, request: Request, view: Any) -> str:
        """Give the permission asked: the view's own for this action, or the one that the HTTP method stands for."""
        own: str | None = view.action_permissions.get(view.action)
        meta = view.queryset.model._meta
        return own or f"{meta.app_label}.{VERBS.get(request.method or '', 'change')}_{meta.model_name}"
