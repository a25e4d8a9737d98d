"""Past loads of the feed and the one that runs, with what came of each."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html

from crm.models import Customer, FeedLoad
from crm.selectors.feed_loads import LoadReport, feed_loads, load_report, percent_done, rows_of, took_words
from finpulse.kernel.admin import ReadOnlyAdmin
from finpulse.kernel.looking import tell_list

_TONES = {"DONE": "good", "RUNNING": "accent", "STOPPED": "bad", "CUT_OFF": "warn"}


@admin.register(FeedLoad)
class FeedLoadAdmin(ReadOnlyAdmin):
    """What ran, when, how it ended; rows by what came of them."""

    list_purpose = "What the bank's feed has brought, and what of it was refused."
    change_form_template = "crm/feed_load.html"
    list_display = (
        "shown", "shown_state", "business_date", "shown_kind", "started_at", "shown_took", "rows_new", "rows_changed",
        "rows_refused",
    )  # fmt: skip
    list_display_links = ("shown",)
    list_filter = ("kind", "source")
    ordering = ("-started_at", "-id")
    fields = ("source", "sequence")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[FeedLoad]:
        """Leave the reports for their own pages."""
        rows = super().get_queryset(request)
        return rows if request.resolver_match and "object_id" in request.resolver_match.kwargs else feed_loads(rows)

    def render_change_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the report as this reader may know it, once the customers named are written down."""
        load: FeedLoad = kwargs["obj"]
        report, now = load_report(load, request.user), timezone.now()
        _tell(request, load, report)
        state = load.state(now)
        shown = {
            "load": load,
            "state": state,
            "tone": _TONES[state],
            "report": report,
            "took": took_words(load, now),
            "percent": percent_done(load),
        }
        return super().render_change_form(request, args[0] | shown, **kwargs)

    @admin.display(description="Feed", ordering="id")
    def shown(self, load: FeedLoad) -> str:
        """Source and sequence."""
        return f"{load.source} {load.sequence}" if load.sequence is not None else f"{load.source}, no manifest"

    @admin.display(description="State")
    def shown_state(self, load: FeedLoad) -> str:
        """How it stands, as a badge."""
        state = load.state(timezone.now())
        percent = percent_done(load) if state == FeedLoad.State.RUNNING else None
        words = state.label.capitalize() if percent is None else f"{state.label.capitalize()}, {percent} %"
        return format_html('<span class="badge badge--{}">{}</span>', _TONES[state], words)

    @admin.display(description="Kind", ordering="kind")
    def shown_kind(self, load: FeedLoad) -> str:
        """Full or delta."""
        return load.get_kind_display().capitalize()

    @admin.display(description="Took")
    def shown_took(self, load: FeedLoad) -> str:
        """Minutes and seconds."""
        return took_words(load, timezone.now())

    @admin.display(description="New")
    def rows_new(self, load: FeedLoad) -> str:
        """Rows of all files."""
        return _rows(load, "new")

    @admin.display(description="Changed")
    def rows_changed(self, load: FeedLoad) -> str:
        """Rows of all files."""
        return _rows(load, "changed")

    @admin.display(description="Refused")
    def rows_refused(self, load: FeedLoad) -> str:
        """Rows of all files."""
        return _rows(load, "refused")


def _rows(load: Any, name: str) -> str:
    """Give a count of what `feed_loads` has read along."""
    return f"{rows_of(load.files)[name]:,}" if load.files else "–"


def _tell(request: HttpRequest, load: FeedLoad, report: LoadReport) -> None:
    if report.customers_named:
        about = {"feed_load": str(load.pk)}
        tell_list(Customer, actor=request.user, surface="feed load", count=report.customers_named, filters=about)
