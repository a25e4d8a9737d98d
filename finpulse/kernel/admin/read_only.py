"""Rows to look at: nothing is added, changed or deleted here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from finpulse.kernel.admin.scoped import ScopedModelAdmin


class ReadOnlyAdmin(ScopedModelAdmin):
    """A list and a page of facts."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False
