"""Tokens of integrations in the console: proposed, and fetched by whoever proposed them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from finpulse.identity.actor import actor_of
from finpulse.identity.admin.api_token_form import ServiceTokenForm
from finpulse.identity.admin.own_api_tokens import shown_once
from finpulse.identity.policies import may_look_after_api_tokens
from finpulse.identity.proposals.service_token import ServiceToken
from finpulse.identity.selectors.api_tokens import api_tokens_seen_by
from finpulse.identity.services.service_tokens import api_token_fetch
from finpulse.kernel.errors import DomainError
from finpulse.kernel.proposals import proposal_make
from finpulse.kernel.proposals.selectors import nobody_else_would_approve
from finpulse.kernel.proposals.words import tell_proposed

ALL = "admin:identity_apitoken_changelist"


def propose_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Ask what the token is to be, and propose it."""
    if not may_look_after_api_tokens(actor_of(request)):
        raise Http404("no such verb for this role")
    form = ServiceTokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _proposed(request, form):
        return redirect(ALL)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Propose a service token",
        "form": form,
        "nobody_else": nobody_else_would_approve(ServiceToken.name, actor_of(request)),
    }
    return TemplateResponse(request, "identity/service_token_propose.html", context)


def fetch_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Show the secret of an approved token, once."""
    actor = actor_of(request)
    if not may_look_after_api_tokens(actor) or not api_tokens_seen_by(actor).filter(pk=object_id).exists():
        raise Http404("no such token for this user")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        token, text = api_token_fetch(token_id=object_id, actor=actor)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(ALL)
    return shown_once(request, model_admin.admin_site, token, text)


def _proposed(request: HttpRequest, form: ServiceTokenForm) -> bool:
    facts = {name: form.cleaned_data[name] for name in ("name", "scopes", "days")}
    user, reason = form.cleaned_data["user"], form.cleaned_data["reason"]
    about = {"subject_id": user.pk, "payload": facts, "reason": reason}
    try:
        proposal = proposal_make(kind=ServiceToken.name, actor=actor_of(request), **about)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    said = "Proposed: another system administrator decides it, then you fetch it here."
    tell_proposed(request, proposal, said, done="Ready to be fetched.")
    return True
