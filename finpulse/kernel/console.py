"""The queue in the console: what waits, runs, is done or was given up, and trying that again."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime

from finpulse.kernel.admin import ReadOnlyAdmin
from finpulse.kernel.errors import DomainError
from finpulse.kernel.models import QueuedTask
from finpulse.kernel.policies import may_retry
from finpulse.kernel.queue.retry import queued_task_retry
from finpulse.kernel.registries import NavigationEntry, navigation

PERMISSION = "kernel.view_queuedtask"
LIST = "admin:kernel_queuedtask_changelist"
PAGE = "admin:kernel_queuedtask_change"
COUNTED = 99
SHOWN_LETTERS = 120


@admin.register(QueuedTask)
class QueuedTaskAdmin(ReadOnlyAdmin):
    """Queued work of all, by name, state, attempts and last error."""

    list_title = "Queue"
    list_purpose = "Work that must not be lost. What was given up is looked into, and tried again."
    change_form_template = "kernel/queued_task.html"
    list_display = ("id", "name", "queue", "state", "attempts", "rings", "created_at", "ended_at", "shown_error")
    list_display_links = ("id", "name")
    list_filter = ("state", "queue")
    ordering = ("-id",)
    fields = (
        *("name", "arguments", "queue", "state", "attempts", "rings", "last_error"),
        *("created_at", "available_at", "leased_until", "ended_at"),
    )
    readonly_fields = fields

    def get_urls(self) -> list[URLPattern]:
        """Put the verb before the stock addresses."""
        retry = self.admin_site.admin_view(self.retry)
        return [path("<int:object_id>/retry/", retry, name="kernel_queuedtask_retry"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the verb by the policy that guards it."""
        task = self.get_object(request, object_id)
        may = task is not None and may_retry(request.user, task)
        return super().change_view(request, object_id, form_url, {"may_retry": may, **(extra_context or {})})

    def retry(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Let a task that was given up be tried again."""
        task = self.get_object(request, str(object_id))
        if task is None or not request.user.has_perm("kernel.change_queuedtask", task):
            raise Http404("no such task for this role")
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            queued_task_retry(task_id=task.pk, actor=request.user)
            messages.success(request, f"{task.name} {task.pk} is tried again.")
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return redirect(PAGE, task.pk)

    @admin.display(description="Done or given up", ordering="finished_at")
    def ended_at(self, task: QueuedTask) -> str:
        """Since when it is over, as the bank's clock says."""
        return date_format(localtime(task.finished_at), "DATETIME_FORMAT") if task.finished_at else "–"

    @admin.display(description="Last error")
    def shown_error(self, task: QueuedTask) -> str:
        """Its beginning."""
        return Truncator(task.last_error).chars(SHOWN_LETTERS)


def register() -> None:
    """Put the line in the navigation, with how many were given up."""
    entry = NavigationEntry("Administration", "Queue", LIST, "queue-list", PERMISSION, count=_given_up, key="q")
    navigation.register("queue", entry, weight=90)


def _given_up(request: HttpRequest) -> QuerySet[QueuedTask]:
    return QueuedTask.objects.filter(state=QueuedTask.State.DEAD).order_by()[:COUNTED]
