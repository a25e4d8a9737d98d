"""The page of who did what with a customer and who saw him."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from crm import policies
from crm.admin.page import customer_in_scope
from crm.models import Customer
from crm.selectors.trail import Wanted, customer_events
from crm.services import customer_viewed
from finpulse.audit.telling import told
from finpulse.audit.verbs import Kind
from finpulse.identity.actor import actor_of
from finpulse.kernel.admin.paginator import CappedPaginator

PER_PAGE = 50


class TrailForm(forms.Form):
    """Which events are wanted."""

    kind = forms.ChoiceField(label="What", choices=[("", "Everything"), *Kind.choices], required=False)
    who = forms.CharField(label="Who", max_length=150, required=False)
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))


@transaction.atomic
def trail_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Show to who answers for access what everybody did, to who sees the customer what he did himself; else 404."""
    return _show(request, model_admin, customer_in_scope(request, object_id))


@require_safe
def _show(request: HttpRequest, model_admin: Any, customer: Customer) -> HttpResponse:
    actor = actor_of(request)
    customer_viewed(customer=customer, actor=actor, surface="trail")
    form = TrailForm(request.GET)
    wanted = Wanted(**form.cleaned_data) if form.is_valid() else Wanted()
    may = policies.may_see_trail(actor, customer)
    events = customer_events(customer, wanted, reader=actor, only_by=None if may else actor)
    page = CappedPaginator(events, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Who did and saw what: {customer.name}",
        "opts": model_admin.opts,
        "customer": customer,
        "form": form,
        "page": page,
        "told": told(page.object_list),
        "is_narrowed": any(wanted.__dict__.values()),
        "kept_from": may.reason,
        "reads_trail": actor.has_perm("audit.view_auditevent"),
    }
    return TemplateResponse(request, "crm/trail.html", context).render()
