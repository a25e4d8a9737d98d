"""Every error of the API is a problem document."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from finpulse.kernel.errors.domain import DomainError, InputError
from finpulse.kernel.errors.problem import problem_body


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Word an error: 409 for a refusal, 400 with `errors` by field for bad input, 404 for what is out of scope."""
    _answer_in_json(context["request"])
    if isinstance(error, DomainError):
        return _response(error.status, str(error), title=error.title, **_field(error))
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        body = problem_body(400, "Some fields are not right.", title="Bad input", errors=_by_field(error.detail))
    else:
        body = problem_body(response.status_code, _sentence(error), **getattr(error, "members", {}))
    response.data = body
    response.content_type = "application/problem+json"
    return response


def _answer_in_json(request: Any) -> None:
    """Have the document be one on a page or a schema too, whatever else those would be written in."""
    if request is not None:
        request.accepted_renderer, request.accepted_media_type = JSONRenderer(), JSONRenderer.media_type


def _response(status: int, detail: str, **members: Any) -> Response:
    return Response(problem_body(status, detail, **members), status=status, content_type="application/problem+json")


def _field(error: DomainError) -> dict[str, Any]:
    if isinstance(error, InputError) and error.field:
        return {"errors": {error.field: [str(error)]}}
    return {}


def _by_field(detail: Any) -> dict[str, Any]:
    return dict(detail) if isinstance(detail, dict) else {"non_field_errors": detail}


def _sentence(error: Exception) -> str:
    if isinstance(error, Http404 | exceptions.NotFound):
        return "There is no such row, or it is not in your care."
    if isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        return "Your role does not allow this."
    return str(getattr(error, "detail", error))
