"""The page of who may see a customer, and why."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from crm import policies
from crm.admin.page import customer_in_scope
from crm.admin.why import reasons_of
from crm.models import Customer
from crm.selectors.seers import MOST_NAMED, own_covers, own_grants, seers_by_reason
from crm.services import customer_viewed
from finpulse.identity.actor import actor_of


@transaction.atomic
def seers_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Show to who sees the customer why he does, and to who answers for access who else does; 404 for any other."""
    return _show(request, model_admin, customer_in_scope(request, object_id))


@require_safe
def _show(request: HttpRequest, model_admin: Any, customer: Customer) -> HttpResponse:
    actor = actor_of(request)
    customer_viewed(customer=customer, actor=actor, surface="who_sees")
    may = policies.may_see_seers(actor, customer)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Who may see {customer.name}, and why",
        "opts": model_admin.opts,
        "customer": customer,
        "reasons": list(reasons_of(actor, customer)),
        "own_covers": own_covers(customer, actor),
        "own_grants": own_grants(customer, actor),
        "seers": seers_by_reason(customer) if may else None,
        "covers_title": "Covers that name this customer" if customer.restricted else "Covers running now",
        "grants_title": "Need to know" if customer.restricted else "Opened by name",
        "kept_from": may.reason,
        "may_open": policies.may_open_customer(actor, customer),
        "most": MOST_NAMED,
    }
    return TemplateResponse(request, "crm/seers.html", context).render()
