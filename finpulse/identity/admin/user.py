"""People, to look at: the identity provider says who has which role."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime

from finpulse.audit.telling import told
from finpulse.identity.actor import actor_of
from finpulse.identity.models import User
from finpulse.identity.roles import ROLES
from finpulse.identity.selectors.people import deactivation_of, people_seen_by, user_changes
from finpulse.kernel.admin import ReadOnlyAdmin
from finpulse.kernel.admin.paginator import CappedPaginator

PER_PAGE = 50


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Who may sign in, with which roles."""

    list_title = "People"
    list_purpose = "Who works here, in which unit and with which roles: the identity provider says so at each sign-in."
    row_called = "person"
    rows_called = "people"
    change_form_template = "identity/user.html"
    object_history_template = "identity/user_history.html"
    list_display = ("username", "shown_name", "shown_roles", "unit", "is_active")
    list_select_related = ("unit",)
    list_filter = ("is_active",)
    search_fields = ("username", "first_name", "last_name")
    ordering = ("username",)
    fields = ("username", "shown_name", "email", "unit", "shown_roles", "shown_state", "last_login", "date_joined")
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
        """In words, and whether they are what he had only."""
        held = {group.name for group in user.groups.all()}
        roles = ", ".join(role.label for name, role in ROLES.items() if name in held)
        if user.is_active or not roles:
            return roles or "–"
        return f"None in force. He was: {roles}"

    @admin.display(description="Account")
    def shown_state(self, user: User) -> str:
        """Open, or since when and by whom it is closed."""
        if user.is_active:
            return "Active"
        closed = deactivation_of(user)
        if closed is None:
            return "Deactivated"
        return f"Deactivated on {localtime(closed.at):%-d %B %Y at %H:%M} by {closed.actor or 'FinPulse'}"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Tell what the trail keeps of changes to the account; the reasons to who reads the trail."""
        user = self.get_object(request, object_id)
        changes = CappedPaginator(user_changes(user), PER_PAGE).get_page(request.GET.get("page")) if user else None
        more = {
            "page": changes,
            "told": told(changes.object_list) if changes else [],
            "reads_trail": request.user.has_perm("audit.view_auditevent"),
        }
        return super().history_view(request, object_id, more | (extra_context or {}))
