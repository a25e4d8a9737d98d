"""Which rows a form of a list has selected, as far as they are in the user's scope."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest

from finpulse.kernel.access.keys import keys_of
from finpulse.kernel.bulk import MOST, TooManyAtOnce, check_many
from finpulse.kernel.errors import DomainError

ACROSS = "across"
LARGEST_KEY = 2**63 - 1


class NothingSelected(DomainError):
    """No row that the user sees was selected."""


def selected_rows(model_admin: Any, request: HttpRequest) -> QuerySet[Any]:
    """Give the rows: those with a mark, or all that match the list's search and filters. Ids out of scope are none.

    :raises TooManyAtOnce: for more than one go takes. :raises NothingSelected: for none.
    """
    keys = _matching(model_admin, request) if ACROSS in request.POST else _marked(request)
    check_many(keys)
    rows: QuerySet[Any] = model_admin.get_queryset(request).filter(pk__in=keys)
    ordering = model_admin.get_ordering(request)
    return rows.order_by(*ordering) if ordering else rows.order_by("pk")


def _marked(request: HttpRequest) -> list[int]:
    values = dict.fromkeys(request.POST.getlist(ACTION_CHECKBOX_NAME))
    keys = [
        int(value) for value in values if value.isascii() and value.isdigit() and len(value) <= len(str(LARGEST_KEY))
    ]
    if not keys:
        raise NothingSelected("Select at least one row first.")
    return [key for key in keys if key <= LARGEST_KEY]


def _matching(model_admin: Any, request: HttpRequest) -> list[int]:
    try:
        # The stock one: this is no list that is shown, and is told of when its rows are named.
        changelist = ModelAdmin.get_changelist_instance(model_admin, request)
    except IncorrectLookupParameters as error:
        raise NothingSelected("The list was narrowed by something it does not know. Start again.") from error
    if changelist.result_count > MOST:
        label = getattr(changelist.paginator, "count_label", changelist.result_count)
        raise TooManyAtOnce(f"{label} match. Narrow the list to at most {MOST} to change them in one go.")
    return keys_of(changelist.queryset, 0, MOST)
