"""The notification centre: one's own messages, unread first, and marking them as read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from finpulse.kernel.access import NO, Verdict
from finpulse.kernel.access.backend import ask_together
from finpulse.kernel.admin import ScopedModelAdmin
from finpulse.kernel.admin.bulk import BulkVerb
from finpulse.kernel.admin.bulk.verb import counted
from finpulse.kernel.admin.change_list import ScopedChangeList
from finpulse.kernel.bulk import Outcome
from finpulse.kernel.in_place import answer
from notifications.models import Message
from notifications.policies import may_read_message
from notifications.selectors import path_of, worded
from notifications.services import message_read, messages_read, messages_read_all

LIST = "admin:notifications_message_changelist"


class UnreadFilter(admin.SimpleListFilter):
    """All or unread."""

    title = "read"
    parameter_name = "unread"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the unread."""
        return [("yes", "Unread")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        """Narrow to the unread when asked."""
        return queryset.filter(read_at__isnull=True) if self.value() == "yes" else queryset


class WordedChangeList(ScopedChangeList):
    """A page of messages, each with its words."""

    def get_results(self, request: HttpRequest) -> None:
        """Word the page's messages."""
        super().get_results(request)
        self.worded = worded(self.result_list)
        self.shows_read = not self.has_active_filters


class MessagesRead(BulkVerb):
    """Mark as read."""

    name, label, permission = "read", "Mark read", "notifications.change_message"
    done_words, already_words = "marked as read", "read already"

    def question(self, count: int) -> str:
        """How many."""
        return f"Mark {counted(count, 'notification', 'notifications')} as read"

    def verdicts(self, actor: Any, rows: Sequence[Message]) -> list[Verdict]:
        """One's own, that are not read."""
        ask_together(actor, rows, perm=self.permission)
        read = NO("Read already.")
        return [read if row.read_at else may_read_message(actor, row) for row in rows]

    def names(self, rows: Sequence[Message]) -> list[str]:
        """Say what each is about."""
        return [f"{shown.notice.title} · {shown.notice.about}" for shown in worded(rows)]

    def do(self, *, keys: list[int], actor: Any, facts: dict[str, Any]) -> Outcome:
        """Mark them."""
        return messages_read(message_ids=keys, actor=actor)


@admin.register(Message)
class MessageAdmin(ScopedModelAdmin):
    """Messages to the user himself, about what he may see."""

    list_title = "Notifications"
    list_purpose = "What you are told, the nearest deadline first. Mark read what is dealt with."
    row_called = "notification"
    rows_called = "notifications"
    change_list_template = "notifications/centre.html"
    bulk_verbs = (MessagesRead(),)
    list_display = ("kind",)
    list_filter = (UnreadFilter,)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ScopedChangeList]:
        """Word what the page shows."""
        return WordedChangeList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        """Narrow to what has reached the console."""
        return super().get_queryset(request).in_app()  # type: ignore[attr-defined]

    def get_ordering(self, request: HttpRequest) -> Any:
        """Unread first, the nearest deadline before all."""
        return Message.objects.most_urgent_first().query.order_by

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Written by what falls due."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        """Changed by its verbs."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Put the verbs before the stock addresses."""
        view = self.admin_site.admin_view
        return [
            path("read/", view(self.read_all), name="notifications_message_read_all"),
            path("<int:object_id>/read/", view(self.read), name="notifications_message_read"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to what the message is about."""
        return redirect(path_of(self._own(request, object_id)) or LIST)

    def read(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Mark one as read and go back to where the button stood."""
        message = self._own(request, str(object_id))
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        read = message_read(message_id=message.pk, actor=request.user)
        (shown,) = worded([read])
        messages.success(request, f"Marked read: {shown.notice.title}")
        return answer(
            request, _back(request), part="notifications/item.html", context={"shown": shown, "selectable": True}
        )

    def read_all(self, request: HttpRequest) -> HttpResponse:
        """Mark all as read."""
        if not request.user.has_perm("notifications.change_message"):
            raise Http404("no messages for this role")
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        count = messages_read_all(actor=request.user)
        messages.success(request, f"{count} marked as read." if count else "Nothing was unread.")
        return answer(request, _back(request))

    def _own(self, request: HttpRequest, object_id: str) -> Message:
        message: Message | None = self.get_object(request, object_id)
        if message is None or not request.user.has_perm("notifications.change_message"):
            raise Http404("no such message in scope")
        return message


def _back(request: HttpRequest) -> str:
    url = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if ours else reverse(LIST)
