"""The page of a customer's household, group of connected clients and relationships."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from crm.models import Customer
from crm.selectors.belonging import Belonging, customer_with_relations
from crm.services import customer_viewed
from finpulse.identity.actor import actor_of


@transaction.atomic
def relationships_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Show with whom a customer in scope belongs, once the look is written down; 404 for any other, by any method."""
    if not request.user.has_perm("crm.view_relationship"):
        raise Http404("no relationships for this role")
    customer = customer_with_relations(object_id, request.user, timezone.localdate())
    if customer is None:
        raise Http404("no customer of these relationships in scope")
    return _show(request, model_admin, customer)


@require_safe
def _show(request: HttpRequest, model_admin: Any, customer: Customer) -> HttpResponse:
    customer_viewed(customer=customer, actor=actor_of(request), surface="relationships")
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Relationships of {customer.name}",
        "opts": model_admin.opts,
        "customer": customer,
        "is_person": customer.kind == Customer.Kind.PERSON,
        "belonging": Belonging(customer, request.user, timezone.localdate()),
        "base": settings.BASE_CURRENCY,
    }
    return TemplateResponse(request, "crm/relationships.html", context).render()
