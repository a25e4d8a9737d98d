"""Where what was edited here differs from the bank's feed, for the customer's manager to settle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from crm import policies
from crm.admin.columns import OfCustomerList
from crm.models import FeedDifference
from crm.services import difference_keep, difference_take
from finpulse.identity.actor import actor_of
from finpulse.kernel.admin import ReadOnlyAdmin
from finpulse.kernel.errors import DomainError


class SettledFilter(admin.SimpleListFilter):
    """What is to be settled; what was, if asked."""

    title = "settled"
    parameter_name = "settled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer each way of settling."""
        return [(value, label.capitalize()) for value, label in FeedDifference.Settled.choices]

    def choices(self, changelist: Any) -> Any:
        """Call what is shown at first by its name."""
        first, *others = super().choices(changelist)
        return [first | {"display": "To settle"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[FeedDifference]) -> QuerySet[FeedDifference]:
        """Narrow to those."""
        return queryset.filter(settled=self.value() or "")


@admin.register(FeedDifference)
class FeedDifferenceAdmin(OfCustomerList, ReadOnlyAdmin):
    """Differences of customers in scope."""

    list_purpose = "Where what is edited here differs from what the bank's feed says: keep one or take the other."
    change_form_template = "crm/feed_difference.html"
    list_display = ("shown", "shown_customer", "shown_ours", "shown_theirs", "told_at", "settled")
    list_display_links = ("shown",)
    list_filter = (SettledFilter,)
    ordering = ("-id",)
    fields = ("shown_customer", "shown", "shown_ours", "shown_theirs", "told_at", "settled", "settled_at")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[FeedDifference]:
        """Read the customers along."""
        rows: Any = super().get_queryset(request)
        differences: QuerySet[FeedDifference] = rows.with_customer()
        return differences

    def get_urls(self) -> list[URLPattern]:
        """Put the verbs before the stock addresses."""
        verbs = {"keep": self.keep, "take": self.take}
        own = [
            path(f"<int:object_id>/{name}/", self.admin_site.admin_view(verb), name=f"crm_feeddifference_{name}")
            for name, verb in verbs.items()
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Say on an empty list what would be here."""
        empty = {
            "empty_title": "Nothing to settle",
            "empty_text": "Contact data edited here are kept. Where the bank's feed says otherwise, it waits here.",
        }
        return super().changelist_view(request, empty | (extra_context or {}))

    def render_change_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the verbs by the policy that guards them."""
        difference: FeedDifference = kwargs["obj"]
        may = difference.is_open and policies.may_edit_customer(request.user, difference.customer)
        return super().render_change_form(request, args[0] | {"difference": difference, "may_settle": may}, **kwargs)

    def keep(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Stand by what was edited here."""
        return self._settle(request, object_id, difference_keep, "Kept as edited here: {}.")

    def take(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Take the bank's value."""
        return self._settle(request, object_id, difference_take, "The bank's value is taken: {}.")

    def _settle(self, request: HttpRequest, object_id: int, verb: Callable[..., Any], done: str) -> HttpResponse:
        difference = self.get_object(request, str(object_id))
        if difference is None:
            raise Http404("no such difference in scope")
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        shown = {name: request.POST.get(name, "") for name in ("ours", "theirs")}
        try:
            verb(difference_id=difference.pk, actor=actor_of(request), **shown)
            messages.success(request, done.format(difference.label))
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return redirect("admin:crm_customer_page", difference.customer_id)

    @admin.display(description="What")
    def shown(self, difference: FeedDifference) -> str:
        """The column in words."""
        return difference.label.capitalize()

    @admin.display(description="Customer")
    def shown_customer(self, difference: FeedDifference) -> str:
        """Leads to the customer page."""
        url = reverse("admin:crm_customer_page", args=[difference.customer_id])
        return format_html('<a href="{}">{}</a>', url, difference.customer.name)

    @admin.display(description="Here")
    def shown_ours(self, difference: FeedDifference) -> str:
        """What was edited."""
        return difference.ours or "–"

    @admin.display(description="At the bank")
    def shown_theirs(self, difference: FeedDifference) -> str:
        """What the feed says."""
        return difference.theirs or "–"
