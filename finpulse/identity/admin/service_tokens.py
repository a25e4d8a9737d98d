"""Tokens of integrations in the console: proposed here, fetched among the tokens of who answers for them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from finpulse.identity.actor import actor_of
from finpulse.identity.admin.api_token_form import ServiceTokenForm
from finpulse.identity.admin.own_api_tokens import ALL
from finpulse.identity.policies import may_look_after_api_tokens
from finpulse.identity.proposals.service_token import ServiceToken
from finpulse.kernel.errors import DomainError
from finpulse.kernel.proposals import proposal_make
from finpulse.kernel.proposals.selectors import nobody_else_would_approve
from finpulse.kernel.proposals.words import tell_proposed


def propose_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Ask what the token is to be, and propose it."""
    if not may_look_after_api_tokens(actor_of(request)):
        raise Http404("no such verb for this role")
    form = ServiceTokenForm(actor_of(request), request.POST or None)
    if request.method == "POST" and form.is_valid() and _proposed(request, form):
        return redirect(ALL)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Propose a service token",
        "form": form,
        "nobody_else": nobody_else_would_approve(ServiceToken.name, actor_of(request)),
    }
    return TemplateResponse(request, "identity/service_token_propose.html", context)


def _proposed(request: HttpRequest, form: ServiceTokenForm) -> bool:
    facts = {name: form.cleaned_data[name] for name in ("name", "scopes", "days")}
    keeper = form.cleaned_data["keeper"]
    facts["keeper"] = keeper.pk
    user, reason = form.cleaned_data["user"], form.cleaned_data["reason"]
    about = {"subject_id": user.pk, "payload": facts, "reason": reason}
    try:
        proposal = proposal_make(kind=ServiceToken.name, actor=actor_of(request), **about)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    finds = f"{keeper} finds it under API tokens in the user menu."
    said = f"Proposed: another system administrator decides it, then {finds}"
    tell_proposed(request, proposal, said, done=f"Ready: {finds}")
    return True
