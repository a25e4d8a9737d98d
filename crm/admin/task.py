"""Follow-ups: the list of one's own, and marking one done."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme

from crm.admin.bulk import TasksDone, TasksMove
from crm.admin.columns import OfCustomerList
from crm.models import Task
from crm.services import task_complete
from finpulse.identity.actor import actor_of
from finpulse.kernel.admin import ReadOnlyAdmin
from finpulse.kernel.errors import DomainError
from finpulse.kernel.in_place import answer
from finpulse.kernel.templatetags.finpulse import due


@admin.register(Task)
class TaskAdmin(OfCustomerList, ReadOnlyAdmin):
    """Tasks of customers in scope; open ones first."""

    list_purpose = "What is to be done for customers, and by when."
    list_display = ("title", "shown_customer", "shown_due", "assignee", "state")
    bulk_verbs = (TasksDone(), TasksMove())
    list_offered = ("created_by", "created_at", "done_by", "done_at")
    list_select_related = ("customer", "assignee", "created_by", "done_by")
    list_filter = ("state",)
    ordering = ("-state", "due_on", "id")
    fields = ("title", "customer", "due_on", "assignee", "state", "created_by", "created_at", "done_by", "done_at")
    readonly_fields = fields

    def get_urls(self) -> list[URLPattern]:
        """Put the verb before the stock addresses."""
        done = self.admin_site.admin_view(self.done)
        return [path("<int:object_id>/done/", done, name="crm_task_done"), *super().get_urls()]

    def done(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Mark one done and go back to where the button stood."""
        task = self.get_object(request, str(object_id))
        if task is None:
            raise Http404("no such task in scope")
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            task_complete(task_id=task.pk, actor=actor_of(request))
            messages.success(request, f"Done: {task.title}")
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return answer(request, _back(request) or reverse("admin:index"))

    @admin.display(description="Customer")
    def shown_customer(self, task: Task) -> str:
        """Leads to the customer page."""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:crm_customer_page", args=[task.customer_id]), task.customer
        )

    @admin.display(description="Due", ordering="due_on")
    def shown_due(self, task: Task) -> str:
        """Relative when near; marked when it is past and not done."""
        late = task.state == Task.State.OPEN and task.due_on < timezone.localdate()
        return format_html('<span class="neg">{}</span>', due(task.due_on)) if late else due(task.due_on)


def _back(request: HttpRequest) -> str:
    url = request.POST.get("next", "")
    return url if url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure()) else ""
