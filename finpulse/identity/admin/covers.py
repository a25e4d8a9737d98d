"""Covers in the console: whom one covers and by whom one is covered, those of one's unit, giving and ending."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from finpulse.identity import policies
from finpulse.identity.actor import actor_of
from finpulse.identity.admin.cover_form import CoverForm
from finpulse.identity.models import Cover
from finpulse.identity.selectors.covers import MOST_COVERS, covers_running, covers_seen_by
from finpulse.identity.services import cover_end, cover_give
from finpulse.kernel.errors import DomainError

LIST = "admin:identity_covers"
# Where the app that has customers lets them be named.
NAMED = "admin:identity_cover_customers"


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the pages beside the lists."""

    def listed(request: HttpRequest) -> HttpResponse:
        return _allowed(request, "view", _list, site)

    def given(request: HttpRequest) -> HttpResponse:
        return _allowed(request, "add", _give, site)

    def ended(request: HttpRequest, object_id: int) -> HttpResponse:
        return _allowed(request, "view", _end, object_id)

    return [
        path("identity/cover/", site.admin_view(listed), name="identity_covers"),
        path("identity/cover/give/", site.admin_view(given), name="identity_cover_give"),
        path("identity/cover/<int:object_id>/end/", site.admin_view(ended), name="identity_cover_end"),
    ]


def _allowed(request: HttpRequest, verb: str, view: Any, *about: Any) -> HttpResponse:
    if not request.user.has_perm(f"identity.{verb}_cover"):
        raise Http404("no covers for this role")
    answered: HttpResponse = view(request, *about)
    return answered


@require_safe
def _list(request: HttpRequest, site: AdminSite) -> HttpResponse:
    actor = actor_of(request)
    covers = list(covers_running(actor)[: MOST_COVERS + 1])
    rows = [(cover, policies.may_end_cover(actor, cover)) for cover in covers[:MOST_COVERS]]
    context = {
        **site.each_context(request),
        "title": "Covers",
        "rows": rows,
        "may_give": actor.has_perm("identity.add_cover"),
        "most": MOST_COVERS if len(covers) > MOST_COVERS else 0,
    }
    return TemplateResponse(request, "identity/covers.html", context)


def _give(request: HttpRequest, site: AdminSite) -> HttpResponse:
    actor = actor_of(request)
    form = CoverForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cover = cover_give(**form.cleaned_data, actor=actor)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{cover.coverer} covers {cover.covered}.")
            return redirect(NAMED, cover.pk) if cover.scope == Cover.Scope.SOME else redirect(LIST)
    context = {**site.each_context(request), "title": "Give a cover", "form": form}
    return TemplateResponse(request, "identity/cover_give.html", context)


def _end(request: HttpRequest, object_id: int) -> HttpResponse:
    cover: Cover | None = covers_seen_by(actor_of(request)).filter(pk=object_id).first()
    if cover is None:
        raise Http404("no such cover for this user")
    return _post_end(request, cover)


@require_POST
def _post_end(request: HttpRequest, cover: Cover) -> HttpResponse:
    try:
        cover_end(cover_id=cover.pk, actor=actor_of(request))
        messages.success(request, f"{cover.coverer} covers {cover.covered} no longer.")
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(LIST)
