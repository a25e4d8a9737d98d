"""What a request may ask by. Misspelt, a filter would leave the list whole: it is refused instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.settings import api_settings

from finpulse.kernel.api.looking import filter_names
from finpulse.kernel.errors import InputError

PAGING = ("cursor", "page_size")
# As much of a name as its refusal repeats.
TOLD = 60


class KnownFormats(DefaultContentNegotiation):
    """Takes the formats that a view writes."""

    def filter_renderers(self, renderers: Iterable[Any], format: str) -> list[Any]:
        """Give those of this format. :raises InputError: when there is none."""
        fitting = [renderer for renderer in renderers if renderer.format == format]
        if not fitting:
            known = ", ".join(sorted({renderer.format for renderer in renderers}))
            raise InputError(f"format knows no {format[:TOLD]}. Known are: {known}.", field="format")
        return fitting


class KnownParameters:
    """Takes each parameter that it knows once and with a value, and no other.

    A list knows its filters, its orders and its pages; `query_parameters` are what else a view or an action reads.
    """

    query_parameters: ClassVar[Sequence[str]] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Ask who it is and what he may, then by what he asks. :raises InputError: with a sentence that names it."""
        view: Any = super()
        view.initial(request, *args, **kwargs)
        known = known_parameters(self)
        for name, values in request.query_params.lists():
            if name not in known:
                raise InputError(_unknown(name[:TOLD], known), field=name[:TOLD])
            if len(values) > 1:
                raise InputError(f"{name} was sent {len(values)} times: send it once.", field=name)
            if not values[0].strip():
                raise InputError(f"{name} was sent without a value: give it one, or leave it out.", field=name)


def known_parameters(view: Any) -> list[str]:
    """Give the names that a view takes for its action, in the order of the alphabet."""
    names = {*view.query_parameters, api_settings.URL_FORMAT_OVERRIDE}
    if getattr(view, "action", None) == "list":
        names.update(filter_names(view))
        names.update(["ordering"] if getattr(view, "ordering_fields", None) else [])
        names.update(PAGING if getattr(view, "pagination_class", None) else [])
    return sorted(names)


def _unknown(name: str, known: list[str]) -> str:
    return f"There is no parameter {name} here. Known are: {', '.join(known)}."
