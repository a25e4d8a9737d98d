"""Units, to look at: the core-banking feed says which there are."""

from __future__ import annotations

from django.contrib import admin

from finpulse.identity.models import Unit
from finpulse.kernel.admin import ReadOnlyAdmin


@admin.register(Unit)
class UnitAdmin(ReadOnlyAdmin):
    """The bank's tree."""

    list_purpose = "The bank as a tree: a supervisor sees the customers of his unit and of the units below it."
    list_display = ("code", "name", "kind", "parent")
    list_select_related = ("parent",)
    list_filter = ("kind",)
    search_fields = ("code", "name")
    ordering = ("path", "id")
    fields = ("code", "name", "kind", "parent")
    readonly_fields = fields
