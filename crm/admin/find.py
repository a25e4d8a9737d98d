"""The search of the bar as one types: the first customers that match, in the user's scope."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crm.models import Customer
from crm.selectors.search import customers_found, is_enough, typed
from finpulse.identity.actor import actor_of
from finpulse.kernel.looking import tell_list

SHOWN = 8


def find_customers(request: HttpRequest) -> HttpResponse:
    """Give the options of the field, once the look is written down. 404 for a role without customers."""
    if not request.user.has_perm("crm.view_customer"):
        raise Http404("no customers for this role")
    return _options(request)


@require_safe
def _options(request: HttpRequest) -> HttpResponse:
    text = typed(request.GET.get("q", ""))
    found: list[Customer] = []
    if is_enough(text):
        found = customers_found(request.user, text, most=SHOWN + 1)
        shown = min(len(found), SHOWN)
        tell_list(
            Customer, actor=actor_of(request), surface="console", count=shown, more=len(found) > SHOWN, words=text
        )
    context = {"text": text, "customers": found[:SHOWN], "more": len(found) > SHOWN, "enough": is_enough(text)}
    return render(request, "crm/found.html", context)
