"""Colleagues as one types a name."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from finpulse.identity.actor import actor_of
from finpulse.identity.roles import SEES_CUSTOMERS
from finpulse.identity.selectors.people import people_named, people_with, told_apart

SHOWN = 10
SHORTEST = 2


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the page beside the lists."""
    return [path("identity/person/find/", site.admin_view(find_people), name="identity_person_find")]


def find_people(request: HttpRequest) -> HttpResponse:
    """Give the names that a field offers, to whoever works with customers; 404 for any other."""
    if not actor_of(request).access.roles & SEES_CUSTOMERS:
        raise Http404("no customers for this role")
    return _offered(request)


@require_safe
def _offered(request: HttpRequest) -> HttpResponse:
    text = request.GET.get(request.GET.get("field", ""), "").replace("\x00", "").strip()
    found = people_named(text, people_with(leavers=True))[:SHOWN] if len(text) >= SHORTEST else []
    return render(request, "identity/people_offered.html", {"offered": [told_apart(user) for user in found]})
