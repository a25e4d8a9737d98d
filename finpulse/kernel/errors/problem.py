"""Problem documents (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import JsonResponse


def problem_body(status: int, detail: str, *, title: str = "", **members: Any) -> dict[str, Any]:
    """Give the members of a problem document: title, status, detail and what else is given."""
    return {
        "type": "about:blank",
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **members,
    }


def problem(status: int, detail: str, **members: Any) -> JsonResponse:
    """Give the response."""
    return JsonResponse(problem_body(status, detail, **members), status=status, content_type="application/problem+json")
