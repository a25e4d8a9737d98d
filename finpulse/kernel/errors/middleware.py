"""A refusal that no form caught becomes a page of its own, never a 500."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from finpulse.kernel.errors.domain import DomainError
from finpulse.kernel.in_place import is_in_place, refuse


class DomainErrorMiddleware:
    """Renders 409.html (or the refusal's own status) for a DomainError that leaves a view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Word the refusal; any other exception goes on its way."""
        if not isinstance(exception, DomainError):
            return None
        if is_in_place(request):
            return refuse(request, exception)
        return render(request, "409.html", {"refusal": exception}, status=exception.status)
