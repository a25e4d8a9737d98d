"""The pages behind 400, 403, 404, 409, 500 and 503, in the console's own hand; problem documents under /api/.

Who is signed in keeps the frame around the first four. The last two ask nothing of anybody: what they would ask may be
what is broken.
"""

from __future__ import annotations

import sys
from typing import Any

from django.contrib import admin
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from finpulse.kernel.errors.domain import DomainError
from finpulse.kernel.errors.problem import problem
from finpulse.kernel.history.context import request_name

# The database is away, has no connection left, or ended a statement that waited too long.
AWAY = (OperationalError, InterfaceError)
RETRY_AFTER_SECONDS = 30
SERVER_ERROR, UNAVAILABLE = 500, 503
_SENTENCES = {
    400: "The request could not be understood.",
    403: "Your role does not open this page.",
    404: "There is no such page, or it is not in your care.",
    SERVER_ERROR: "Something went wrong on our side. It has been written down.",
    UNAVAILABLE: "A service FinPulse needs does not answer. Nothing that was saved is lost: try again in a minute.",
}


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400."""
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403."""
    return _page(request, 403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, for a form whose token is not that of the session."""
    return _page(request, 403, template="403_csrf.html")


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404."""
    return _page(request, 404)


def refused(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """409, or the refusal's own status, with its sentence."""
    return _page(request, refusal.status, template="409.html", sentence=str(refusal))


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 while the error that is being handled says that a service is away."""
    if not isinstance(sys.exception(), AWAY):
        return _bare(request, SERVER_ERROR)
    response = _bare(request, UNAVAILABLE)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _page(request: HttpRequest, status: int, *, template: str = "", sentence: str = "") -> HttpResponse:
    if _is_api(request):
        return problem(status, sentence or _SENTENCES[status])
    context: dict[str, Any] = {"layout": "standalone.html"}
    # A failure before anybody is known has no user on its request.
    if hasattr(request, "user") and admin.site.has_permission(request):
        context = {"layout": "framed.html", **admin.site.each_context(request)}
    context |= {"sentence": sentence, "back": back_of(request), "reference": request_name.get()}
    return render(request, template or f"{status}.html", context, status=status)


def _bare(request: HttpRequest, status: int) -> HttpResponse:
    if _is_api(request):
        return problem(status, _SENTENCES[status])
    again = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    context = {"layout": "standalone.html", "again": again, "reference": request_name.get()}
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def back_of(request: HttpRequest) -> str:
    """Give the page of ours that led here, unless it is this one."""
    url = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if is_ours and url != request.build_absolute_uri() else ""
