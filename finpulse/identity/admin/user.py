"""People, to look at: the identity provider says who has which role."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from finpulse.identity.actor import actor_of
from finpulse.identity.models import User
from finpulse.identity.roles import ROLES
from finpulse.identity.selectors.people import people_seen_by
from finpulse.kernel.admin import ReadOnlyAdmin


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Who may sign in, with which roles."""

    change_form_template = "identity/user.html"
    list_display = ("username", "shown_name", "shown_roles", "unit", "is_active")
    list_select_related = ("unit",)
    list_filter = ("is_active",)
    search_fields = ("username", "first_name", "last_name")
    ordering = ("username",)
    fields = ("username", "shown_name", "email", "unit", "shown_roles", "is_active", "last_login", "date_joined")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Of whom the user sees what they may do, with their roles."""
        seen = people_seen_by(actor_of(request)).values("pk")
        return super().get_queryset(request).filter(pk__in=seen).prefetch_related("groups")

    @admin.display(description="Name", ordering="last_name")
    def shown_name(self, user: User) -> str:
        """The full name."""
        return user.get_full_name()

    @admin.display(description="Roles")
    def shown_roles(self, user: User) -> str:
        """In words."""
        held = {group.name for group in user.groups.all()}
        return ", ".join(role.label for name, role in ROLES.items() if name in held)
