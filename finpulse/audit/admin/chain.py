"""The page of the sealed chain: how far the trail is sealed, and when it was last verified."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from finpulse.audit.selectors import LATE_SECONDS, last_seal, last_verification, trail_sealing
from finpulse.audit.sight import READ, is_open


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the page beside the trail."""

    def chain(request: HttpRequest) -> HttpResponse:
        if not (request.user.has_perm(READ) and is_open(request.user)):
            raise Http404("no chain for this role")
        shown: HttpResponse = _show(request, site)
        return shown

    return [path("audit/chain/", site.admin_view(chain), name="audit_chain")]


@require_safe
def _show(request: HttpRequest, site: AdminSite) -> HttpResponse:
    sealing = trail_sealing()
    seconds = sealing.seconds(timezone.now())
    verified: Any = last_verification()
    context = {
        **site.each_context(request),
        "title": "Sealed chain",
        "sealing": sealing,
        "lag_seconds": seconds,
        "is_late": seconds > LATE_SECONDS,
        "seal": last_seal(),
        "verified": verified,
        "findings": verified.detail.get("findings", 0) if verified else 0,
        "has_head_file": bool(settings.AUDIT_HEAD_FILE),
    }
    return TemplateResponse(request, "audit/chain.html", context)
