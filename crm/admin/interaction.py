"""What was said, to read; and the way into logging."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.text import Truncator

from crm.admin.columns import OfCustomerList
from crm.admin.log_interaction import choose_customer
from crm.models import Interaction
from finpulse.kernel.admin import ReadOnlyAdmin

SHOWN_LETTERS = 90


@admin.register(Interaction)
class InteractionAdmin(OfCustomerList, ReadOnlyAdmin):
    """A record of fact: read, not rewritten."""

    list_purpose = "What was spoken of with customers, when and by which way."
    list_display = ("customer", "channel", "direction", "occurred_at", "author")
    list_offered = ("shown_summary", "created_at")
    list_select_related = ("customer", "author")
    list_filter = ("channel", "direction")
    ordering = ("-id",)
    fields = ("customer", "channel", "direction", "occurred_at", "summary", "author", "created_at")
    readonly_fields = fields

    def get_urls(self) -> list[URLPattern]:
        """Put the verb before the stock addresses."""
        log = self.admin_site.admin_view(self.log)
        return [path("log/", log, name="crm_interaction_log"), *super().get_urls()]

    def log(self, request: HttpRequest) -> HttpResponse:
        """Ask with whom."""
        return choose_customer(self, request)

    @admin.display(description="Summary")
    def shown_summary(self, interaction: Interaction) -> str:
        """Its beginning."""
        return Truncator(interaction.summary).chars(SHOWN_LETTERS)
