"""Pages of who has whom in charge: how many each manager has and may have, and the customers of a handover."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from crm.models import Customer, Handover
from crm.selectors.charge import handover_customers, handover_hidden, handover_proposal, loads_seen_by
from crm.services import capacity_set
from finpulse.identity.actor import actor_of
from finpulse.kernel.errors import DomainError
from finpulse.kernel.looking import tell_list

CAPACITIES = "admin:crm_capacities"
WHOLE_NUMBER = "Write a whole number up to a million, or leave it empty for no limit."


class CapacityForm(forms.Form):
    """Of which manager how many; empty for no limit."""

    manager = forms.IntegerField(widget=forms.HiddenInput)
    most = forms.IntegerField(
        label="At most",
        min_value=0,
        max_value=1_000_000,
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), WHOLE_NUMBER),
    )


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the pages beside the lists."""
    return [
        path("crm/capacity/", site.admin_view(partial(_capacities, site=site)), name="crm_capacities"),
        path(
            "crm/handover/<int:object_id>/",
            site.admin_view(partial(_handover_in_scope, site=site)),
            name="crm_handover",
        ),
    ]


def _capacities(request: HttpRequest, site: AdminSite) -> HttpResponse:
    if not request.user.has_perm("crm.view_capacity"):
        raise Http404("no capacities for this role")
    words = request.GET.get("q", "").strip()[:100]
    loads = loads_seen_by(request.user, words)
    form, status = None, 200
    if request.method == "POST":
        form = CapacityForm(request.POST)
        status = _set(request, form, {load.manager.pk: load.manager for load in loads})
        if not form.errors:
            return redirect(f"{reverse(CAPACITIES)}?{urlencode({'q': words})}" if words else CAPACITIES)
    context = {**site.each_context(request), "title": "Capacity", "loads": loads, "words": words, "form": form}
    return TemplateResponse(request, "crm/capacities.html", context, status=status)


def _set(request: HttpRequest, form: CapacityForm, managers: dict[int, Any]) -> int:
    """Set what the form says, or have it say why not. Gives the answer's status."""
    valid = form.is_valid()
    manager, most = managers.get(form.cleaned_data.get("manager", 0)), form.cleaned_data.get("most")
    if manager is None:
        raise Http404("no such manager for this user")
    if not valid:
        return HTTPStatus.BAD_REQUEST
    try:
        capacity_set(manager=manager, most=most, actor=actor_of(request))
    except DomainError as refusal:
        form.add_error("most", str(refusal))
        return refusal.status
    messages.success(request, f"{manager} may have {'any number of' if most is None else f'{most:,}'} customers.")
    return HTTPStatus.OK


def _handover_in_scope(request: HttpRequest, object_id: int, site: AdminSite) -> HttpResponse:
    handover = Handover.objects.visible_to(request.user).filter(pk=object_id).first()
    if handover is None:
        raise Http404("no such handover in scope")
    return _handover(request, handover, site)


@require_safe
def _handover(request: HttpRequest, handover: Handover, site: AdminSite) -> HttpResponse:
    customers = list(handover_customers(handover, request.user).defer("national_id", "tax_id", "search_text"))
    tell_list(
        Customer,
        actor=actor_of(request),
        surface="handover",
        count=len(customers),
        filters={"handover": f"{handover.pk}"},
    )
    context = {
        **site.each_context(request),
        "title": f"Handover to {handover.to_manager}",
        "handover": handover,
        "proposal": handover_proposal(handover),
        "customers": customers,
        "hidden": handover_hidden(handover, sum(not row.restricted for row in customers)),
    }
    return TemplateResponse(request, "crm/handover.html", context)
