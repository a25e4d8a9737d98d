"""Each request has a name, by which the rows it changed and its answer are brought together."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from finpulse.kernel.history.context import request_name
from finpulse.kernel.history.means import means

HEADER = "X-Request-ID"
_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestNameMiddleware:
    """Takes the name that the proxy gave, or makes one, and tells it in the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        name = given if _NAME.fullmatch(given) else uuid.uuid4().hex
        # A thread answers one request after another: nothing of one is left for the next.
        token, by_what = request_name.set(name), means.set(())
        try:
            response = self.get_response(request)
        finally:
            request_name.reset(token)
            means.reset(by_what)
        response.headers[HEADER] = name
        return response
