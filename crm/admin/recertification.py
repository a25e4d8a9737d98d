"""Recertification in the console: one's own list, everybody's progress to who audits, deciding."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from crm.models import RecertificationItem
from crm.selectors.recertification import MOST, WATCH, items_of, lists, own_list
from crm.services.recertification import recertification_decide
from finpulse.identity.actor import actor_of
from finpulse.identity.roles import ROLES
from finpulse.kernel.errors import DomainError

PERMISSION, LIST = "crm.view_recertification", "admin:crm_recertification"
SHOWN_LISTS = 100


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the pages beside the lists."""

    def listed(request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise Http404("no recertification for this role")
        return _list(request, site)

    def decided(request: HttpRequest, object_id: int) -> HttpResponse:
        own = RecertificationItem.objects.filter(pk=object_id, recertification__reviewer=actor_of(request).pk)
        if not request.user.has_perm(PERMISSION) or not own.exists():
            raise Http404("no such line for this user")
        return _decide(request, object_id)

    return [
        path("crm/recertification/", site.admin_view(listed), name="crm_recertification"),
        path(
            "crm/recertificationitem/<int:object_id>/decide/",
            site.admin_view(decided),
            name="crm_recertification_decide",
        ),
    ]


@require_safe
def _list(request: HttpRequest, site: AdminSite) -> HttpResponse:
    actor = actor_of(request)
    own, watches = own_list(actor), bool(actor.access.roles & WATCH)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": "Recertification",
        "own": own,
        "items": [(item, _roles(item)) for item in items_of(own, actor)] if own else [],
        "most": MOST,
        "lists": list(lists()[:SHOWN_LISTS]) if watches else [],
        "watches": watches,
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "crm/recertification.html", context)


def _roles(item: RecertificationItem) -> str:
    held = {group.name for group in item.person.groups.all()}
    return ", ".join(role.label for name, role in ROLES.items() if name in held)


@require_POST
def _decide(request: HttpRequest, object_id: int) -> HttpResponse:
    decision = str(request.POST.get("decision", ""))
    try:
        if recertification_decide(item_id=object_id, decision=decision, actor=actor_of(request)):
            messages.success(request, "Kept." if decision == RecertificationItem.Decision.KEPT else "Ended.")
        else:
            messages.info(request, "You had decided so before: nothing was changed.")
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(LIST)
