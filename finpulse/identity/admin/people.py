"""Colleagues as one types a name."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from finpulse.identity.actor import actor_of
from finpulse.identity.person_field import NARROWED_BY
from finpulse.identity.selectors.people import may_name_people, people_nameable, people_named, told_apart

SHOWN = 10
SHORTEST = 2


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the page beside the lists."""
    return [path("identity/person/find/", site.admin_view(find_people), name="identity_person_find")]


def find_people(request: HttpRequest) -> HttpResponse:
    """Give the names that a field offers, of those whom the user may name; 404 for who has no form that names any."""
    if not may_name_people(actor_of(request)):
        raise Http404("nobody to name for this role")
    return _offered(request)


@require_safe
def _offered(request: HttpRequest) -> HttpResponse:
    text = request.GET.get(request.GET.get("field", ""), "").replace("\x00", "").strip()
    people = people_nameable(actor_of(request), **{name: name in request.GET for name in NARROWED_BY})
    found = people_named(text, people)[:SHOWN] if len(text) >= SHORTEST else []
    return render(request, "identity/people_offered.html", {"offered": [told_apart(user) for user in found]})
