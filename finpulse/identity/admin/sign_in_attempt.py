"""Sign-ins and failures, to look at."""

from __future__ import annotations

from ipaddress import ip_address

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from finpulse.identity.models import SignInAttempt, User
from finpulse.identity.services import name_mark
from finpulse.kernel.admin import ReadOnlyAdmin

MOST_DIGITS = 45


@admin.register(SignInAttempt)
class SignInAttemptAdmin(ReadOnlyAdmin):
    """Newest first, in the order of its rows."""

    list_purpose = "Who tried to sign in, when and from where, and whether he was let in."
    list_display = ("at", "shown_user", "method", "outcome", "cause", "address")
    list_display_links = ("at",)
    list_select_related = ("user",)
    list_filter = ("outcome", "method", ("at", admin.DateFieldListFilter))
    search_fields = ("address",)
    search_help_text = "A whole user name, as it was typed, or an address"
    ordering = ("-id",)
    fields = ("at", "shown_user", "method", "outcome", "cause", "address", "account_held_until", "address_held_until")
    readonly_fields = fields

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[SignInAttempt], search_term: str
    ) -> tuple[QuerySet[SignInAttempt], bool]:
        """Find by the name that was typed, whoever it belongs to, or by an address."""
        term = search_term.strip()
        if not term:
            return queryset, False
        users = list(User.objects.filter(username=term).values_list("pk", flat=True))
        found = Q(user__in=users) | Q(mark=name_mark(term))
        return queryset.filter(found | Q(address=term) if _is_address(term) else found), False

    @admin.display(description="User", ordering="user")
    def shown_user(self, attempt: SignInAttempt) -> str:
        """The user, where there is one."""
        return str(attempt.user) if attempt.user else "nobody of this name" if attempt.mark else "not known"


def _is_address(term: str) -> bool:
    try:
        return bool(ip_address(term[:MOST_DIGITS]))
    except ValueError:
        return False
