"""The customer page: header, tiles, panels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from crm import policies
from crm.admin.why import why_seen
from crm.masking import masked_identifier
from crm.models import Customer
from crm.panels.overview import overview_of
from crm.selectors.page import customer_for_form, customer_for_page
from crm.services import customer_viewed
from finpulse.identity.actor import actor_of
from finpulse.kernel.admin.panels import panels_for

NEAR = timedelta(days=90)


@transaction.atomic
def customer_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Show a customer in scope, once the look is written down; 404 for any other, for every method."""
    customer = _found(request, customer_for_page, object_id, request.user, timezone.localdate())
    return _show(request, model_admin, customer)


@require_safe
def _show(request: HttpRequest, model_admin: Any, customer: Customer) -> HttpResponse:
    customer_viewed(customer=customer, actor=actor_of(request), surface="page")
    maturity = next(iter(overview_of(request, customer).maturities), None)
    panels = panels_for(request, customer)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": customer.name,
        "opts": model_admin.opts,
        "customer": customer,
        "initials": initials(customer),
        "national_id": masked_identifier(customer, "national_id"),
        "tax_id": masked_identifier(customer, "tax_id"),
        "worst": overview_of(request, customer).worst_arrears,
        "next_maturity": maturity,
        "is_near": maturity is not None and _is_near(maturity.holding.matures_on),
        "may_log": policies.may_log_interaction(request.user, customer),
        "may_reveal": policies.may_reveal(request.user, customer),
        "may_edit": policies.may_edit_customer(request.user, customer),
        "may_assign": policies.may_assign(request.user, customer),
        "may_hand_over": customer.manager_id is not None and policies.may_hand_over(request.user, customer),
        "may_restrict": policies.may_keep_restriction(request.user, customer),
        "may_open": policies.may_open_customer(request.user, customer),
        "why": why_seen(request.user, customer),
        "panels": panels,
        "sections": _sections(panels),
    }
    return TemplateResponse(request, "crm/customer_page.html", context).render()


def _sections(panels: dict[str, list[dict[str, Any]]]) -> list[Any]:
    """Give the parts of the page that its head leads to."""
    shown = [*panels.get("main", []), *panels.get("side", [])]
    return [entry["context"]["section"] for entry in shown if "section" in entry["context"]]


def _is_near(day: date | None) -> bool:
    return day is not None and day <= timezone.localdate() + NEAR


def customer_in_scope(request: HttpRequest, object_id: int) -> Customer:
    """Give the customer if the user's role and scope reach him. :raises Http404: otherwise."""
    return _found(request, customer_for_form, object_id, request.user)


def _found(request: HttpRequest, asked: Callable[..., Customer | None], *about: Any) -> Customer:
    if not request.user.has_perm("crm.view_customer"):
        raise Http404("no customers for this role")
    customer = asked(*about)
    if customer is None:
        raise Http404("no such customer in scope")
    return customer


def initials(customer: Customer) -> str:
    """Give one or two letters for the round mark."""
    words = [word for word in customer.name.split() if word[0].isalnum()] or [customer.customer_no]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
