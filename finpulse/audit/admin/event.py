"""The trail, to look at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from finpulse.audit.admin.export import export
from finpulse.audit.admin.filters import ActorFilter, SubjectFilter, VerbFilter, noun, person_of
from finpulse.audit.detail import detail_in_words, people_of
from finpulse.audit.models import AuditEvent
from finpulse.audit.selectors import LATE_SECONDS, events_matching, trail_sealing
from finpulse.audit.sight import is_open, shown_detail
from finpulse.audit.telling import Told, people_named, told
from finpulse.kernel.admin import ReadOnlyAdmin
from finpulse.kernel.admin.change_list import ScopedChangeList
from finpulse.kernel.registries import subjects


class TrailChangeList(ScopedChangeList):
    """A page of events, worded together: whoever is stood in for is read once."""

    def get_results(self, request: HttpRequest) -> None:
        """Word what was read."""
        super().get_results(request)
        self.result_list = [_worded(row) for row in told(self.result_list)]


def _worded(row: Told) -> AuditEvent:
    row.event.told = row  # type: ignore[attr-defined]  # for the cells
    return row.event


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Newest first, in the order of its rows, as far as the reader may know of them."""

    list_title = "Audit trail"
    list_purpose = "Who did and saw what, when and by which right. Nothing of it is ever changed."
    row_called = "event"
    rows_called = "events"
    list_display = ("shown_at", "who", "what", "about", "right", "reason")
    list_display_links = ("shown_at",)
    list_select_related = ("actor",)
    list_filter = (ActorFilter, VerbFilter, SubjectFilter, "at")
    search_fields = ("verb",)
    search_help_text = "A name, a day as 2026-11-26, a subject's id, a whole verb, or what somebody searched for"
    ordering = ("-id",)
    sortable_by = ()
    fields = ("shown_at", "who", "what", "about", "right", "reason", "shown")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        """Leave out what the reader may not know of."""
        rows: Any = super().get_queryset(request)
        shown: QuerySet[AuditEvent] = rows.shown_to(request.user)
        return shown

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ScopedChangeList]:
        """Word the page."""
        return TrailChangeList

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Say above the list how far it is sealed."""
        context: dict[str, Any] = {"is_open": is_open(request.user), "person": person_of(request.GET.get("actor", ""))}
        if context["is_open"]:
            sealing = trail_sealing()
            seconds = sealing.seconds(timezone.now())
            context |= {"sealing": sealing, "lag_seconds": seconds, "is_late": seconds > LATE_SECONDS}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        """Put the export before the stock addresses."""
        own = path("export/", self.admin_site.admin_view(self.export), name="audit_auditevent_export")
        return [own, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """Give what the address's filters leave as a sheet; 404 for whoever reads no trail."""
        if not self.has_view_permission(request):
            raise Http404("no trail for this role")
        exported: HttpResponseBase = export(request, self.get_changelist_instance(request))
        return exported

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuditEvent], search_term: str
    ) -> tuple[QuerySet[AuditEvent], bool]:
        """Find events by what they say, and searches by the words that were typed."""
        return events_matching(queryset, search_term), False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Give the event with what of its detail the reader may read."""
        event = super().get_object(request, object_id, from_field)
        if event is not None:
            event.shown_detail = shown_detail(event, request.user)
        return event

    @admin.display(description="When")
    def shown_at(self, event: AuditEvent) -> str:
        """The moment, to the second."""
        return f"{timezone.localtime(event.at):%-d %b %Y, %H:%M:%S}"

    @admin.display(description="Who")
    def who(self, event: AuditEvent) -> str:
        """The person, or FinPulse itself."""
        return _told(event).who

    @admin.display(description="What")
    def what(self, event: AuditEvent) -> str:
        """The verb in words, and where."""
        row = _told(event)
        return f"{row.what}, {row.place}" if row.place else row.what

    @admin.display(description="About")
    def about(self, event: AuditEvent) -> str:
        """A colleague by name, any other row by kind and key and never by name; whoever may see it follows the link."""
        if event.subject_id is None:
            return "–"
        words = _told(event).person or f"{noun(event.subject_type)} {event.subject_id}"
        if event.subject_type not in subjects:
            return words
        url = reverse(subjects.get(event.subject_type).url_name, args=[event.subject_id])
        return format_html('<a href="{}">{}</a>', url, words)

    @admin.display(description="By which right")
    def right(self, event: AuditEvent) -> str:
        """The right as the event keeps it."""
        return _told(event).right or "–"

    @admin.display(description="Detail")
    def shown(self, event: Any) -> str:
        """What else the event keeps, as far as the reader may know."""
        detail = getattr(event, "shown_detail", {})
        pairs = detail_in_words(detail, people_named(people_of(detail)))
        return render_to_string("audit/detail.html", {"pairs": pairs}) if pairs else "–"


def _told(event: Any) -> Told:
    kept: Told | None = getattr(event, "told", None)
    return kept or told([event])[0]
