"""The page of all products judged for one customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from advisory.selectors import Eligibility, ProductVerdict
from advisory.services import eligibility_view
from crm.models import Customer
from products.criteria import Outcome
from products.models import Product

OUTCOMES = {
    Outcome.YES: "May apply",
    Outcome.NOT_KNOWN: "Check by hand",
    Outcome.NO: "May not apply",
}
PER_PAGE = 50


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the page beside the customer's own."""

    def page(request: HttpRequest, object_id: int) -> HttpResponse:
        return eligibility_page(site, request, object_id)

    return [path("crm/customer/<int:object_id>/eligibility/", site.admin_view(page), name="advisory_eligibility")]


def eligibility_page(site: AdminSite, request: HttpRequest, object_id: int) -> HttpResponse:
    """Show every product with its reasons for a customer in scope; 404 for any other, for every method."""
    allowed = request.user.has_perm("crm.view_customer") and request.user.has_perm("products.view_product")
    customer = Customer.objects.visible_to(request.user).filter(pk=object_id).first() if allowed else None
    if customer is None:
        raise Http404("no such customer in scope")
    return _show(request, site, customer)


@require_safe
def _show(request: HttpRequest, site: AdminSite, customer: Customer) -> HttpResponse:
    user: Any = request.user
    eligibility = eligibility_view(customer=customer, actor=user, now=timezone.now())
    choice = Choice.of(request)
    shown = [verdict for verdict in eligibility.verdicts if choice.takes(verdict)]
    context = {
        **site.each_context(request),
        "title": "May apply for",
        "customer": customer,
        "stopped": eligibility.stopped,
        "choice": choice,
        "categories": _categories(eligibility),
        "tabs": _tabs(eligibility, choice),
        "labels": OUTCOMES,
        "products": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
    }
    return TemplateResponse(request, "advisory/eligibility.html", context)


@dataclass(frozen=True)
class Choice:
    """The filters of the page; what is no category or outcome counts as not chosen."""

    category: str = ""
    outcome: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Choice:
        """Read the query."""
        category, outcome = request.GET.get("category", ""), request.GET.get("outcome", "")
        return cls(category if category in Product.Category.values else "", outcome if outcome in OUTCOMES else "")

    def takes(self, verdict: ProductVerdict) -> bool:
        """Tell whether a product is to be shown."""
        return self.outcome in ("", verdict.outcome) and self.category in ("", verdict.product.category)


def _categories(eligibility: Eligibility) -> list[dict[str, str]]:
    offered = {verdict.product.category for verdict in eligibility.verdicts}
    return [{"value": value, "label": str(label)} for value, label in Product.Category.choices if value in offered]


def _tabs(eligibility: Eligibility, choice: Choice) -> list[dict[str, Any]]:
    """One tab per outcome with its count within the category chosen."""
    category = Choice(category=choice.category)
    within = [verdict for verdict in eligibility.verdicts if category.takes(verdict)]
    counts = {outcome: sum(verdict.outcome == outcome for verdict in within) for outcome in OUTCOMES}
    every = _tab("", "All", len(within), choice)
    return [every, *(_tab(str(key), label, counts[key], choice) for key, label in OUTCOMES.items())]


def _tab(outcome: str, label: str, count: int, choice: Choice) -> dict[str, Any]:
    url = f"?{urlencode({'outcome': outcome, 'category': choice.category})}"
    return {"url": url, "label": label, "count": count, "current": outcome == choice.outcome}
