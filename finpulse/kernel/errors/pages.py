"""The pages behind 400, 403, 404 and 500, in the console's own hand; JSON under /api/."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from finpulse.kernel.errors.problem import problem

_SENTENCES = {
    400: "The request could not be understood.",
    403: "Your role does not open this page.",
    404: "There is no such page, or it is not in your care.",
    500: "Something went wrong on our side. It has been written down.",
}


def _page(request: HttpRequest, status: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem(status, _SENTENCES[status])
    return render(request, f"{status}.html", {"sentence": _SENTENCES[status]}, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400."""
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404."""
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(request, 500)
