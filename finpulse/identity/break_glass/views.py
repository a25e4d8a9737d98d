"""The page of the break-glass account."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from finpulse.identity.break_glass.backend import PATH
from finpulse.identity.break_glass.forms import BreakGlassForm
from finpulse.identity.services import break_glass_is_on, break_glass_open
from finpulse.identity.session_store import SIGN_IN_REASON
from finpulse.kernel.client_address import client_address
from finpulse.kernel.errors import DomainError


@sensitive_post_parameters("password", "code")
def break_glass(request: HttpRequest) -> HttpResponse:
    """Let whoever holds both secrets in, once he has said why. Not there unless it is configured."""
    if not break_glass_is_on():
        raise Http404("no break-glass account")
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
def _page(request: HttpRequest) -> HttpResponse:
    form = BreakGlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = break_glass_open(**form.cleaned_data, address=client_address(request), now=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            if request.user.is_authenticated:
                request.session.flush()
            request.session[SIGN_IN_REASON] = form.cleaned_data["reason"].strip()
            login(request, user, backend=PATH)
            return redirect("admin:index")
    return render(request, "identity/break_glass.html", {"form": form})
