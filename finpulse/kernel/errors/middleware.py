"""A refusal that no form caught becomes a page of its own, never a 500."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from finpulse.kernel.errors.domain import DomainError
from finpulse.kernel.errors.pages import refused
from finpulse.kernel.in_place import is_in_place, refuse


class DomainErrorMiddleware:
    """Shows the page of a DomainError that leaves a view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Word the refusal; any other exception goes on its way."""
        if not isinstance(exception, DomainError):
            return None
        return refuse(request, exception) if is_in_place(request) else refused(request, exception)
