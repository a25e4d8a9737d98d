"""Whom a cover names: the list, finding one more, taking one out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from crm import policies
from crm.models import Customer
from crm.selectors.cover_customers import SHOWN, may_be_named_in, named_in
from crm.selectors.search import typed
from crm.services import cover_name, cover_unname
from finpulse.identity.actor import actor_of
from finpulse.identity.models import Cover
from finpulse.identity.selectors.covers import covers_running
from finpulse.kernel.errors import DomainError
from finpulse.kernel.looking import tell_list

UNNAME = "unname"


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the page beside the covers."""

    def page(request: HttpRequest, object_id: int) -> HttpResponse:
        cover = covers_running(actor_of(request)).filter(pk=object_id).first()
        if cover is None or not request.user.has_perm("identity.view_cover"):
            raise Http404("no such cover for this user")
        return _change(request, cover) if request.method == "POST" else _show(request, site, cover)

    address = "identity/cover/<int:object_id>/customers/"
    return [path(address, site.admin_view(page), name="identity_cover_customers")]


def _show(request: HttpRequest, site: AdminSite, cover: Cover) -> HttpResponse:
    actor, text = actor_of(request), typed(request.GET.get("q", ""))
    may_name = policies.may_name_in_cover(actor, cover)
    named = named_in(cover, actor)
    found = may_be_named_in(cover, actor, text) if may_name else []
    tell_list(Customer, actor=actor, surface="cover", count=len(named) + len(found), words=text)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": f"Customers of {cover.covered}, covered by {cover.coverer}",
        "cover": cover,
        "named": named,
        "may_name": may_name,
        "found": found,
        "text": text,
        "most": SHOWN if len(found) == SHOWN else 0,
    }
    return TemplateResponse(request, "crm/cover_customers.html", context)


def _change(request: HttpRequest, cover: Cover) -> HttpResponse:
    actor, key = actor_of(request), request.POST.get("customer", "")
    if not key.isascii() or not key.isdigit() or len(key) > len(str(2**62)):
        raise Http404("no such customer")
    customer = get_object_or_404(Customer.objects.visible_to(actor), pk=key)
    facts: dict[str, Any] = {"cover_id": cover.pk, "customer_id": customer.pk, "actor": actor}
    try:
        if request.POST.get("verb") == UNNAME:
            cover_unname(**facts)
            messages.success(request, f"{customer.name} is named in the cover no longer.")
        else:
            cover_name(**facts)
            messages.success(request, f"{customer.name} is named in the cover.")
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:identity_cover_customers", cover.pk)
