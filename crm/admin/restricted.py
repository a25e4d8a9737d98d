"""The page on which compliance keeps restricted customers."""

from __future__ import annotations

from functools import partial

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from crm.models import Customer
from crm.selectors.restricted import MOST_RESTRICTED, restricted_seen_by
from finpulse.identity.actor import actor_of
from finpulse.kernel.looking import tell_list

# Held by whoever keeps the need-to-know lists.
PERMISSION = "crm.view_customeruserobjectpermission"
PAGE = "admin:crm_restricted"


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the page beside the lists."""
    return [path("crm/restricted/", site.admin_view(partial(_listed, site=site)), name="crm_restricted")]


def _listed(request: HttpRequest, site: AdminSite) -> HttpResponse:
    if not request.user.has_perm(PERMISSION):
        raise Http404("not for this role")
    return _show(request, site)


@require_safe
def _show(request: HttpRequest, site: AdminSite) -> HttpResponse:
    customers = list(restricted_seen_by(request.user)[: MOST_RESTRICTED + 1])
    shown = customers[:MOST_RESTRICTED]
    more = len(customers) > MOST_RESTRICTED
    tell_list(Customer, actor=actor_of(request), surface="restricted", count=len(shown), more=more)
    context = {
        **site.each_context(request),
        "title": "Restricted customers",
        "customers": shown,
        "most": MOST_RESTRICTED if more else 0,
    }
    return TemplateResponse(request, "crm/restricted.html", context)
