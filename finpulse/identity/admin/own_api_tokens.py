"""One's own API tokens in the console, and those one answers for: listed, made or fetched, and shown once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from finpulse.identity.actor import actor_of
from finpulse.identity.admin.api_token_form import ApiTokenForm
from finpulse.identity.models import ApiToken
from finpulse.identity.selectors.api_tokens import api_tokens_kept_by, api_tokens_offered_to, own_api_tokens
from finpulse.identity.services.api_tokens import api_token_make
from finpulse.identity.services.service_tokens import api_token_fetch
from finpulse.kernel.api.scopes import scope_words
from finpulse.kernel.errors import DomainError, InputError

LIST, ALL = "admin:identity_api_tokens", "admin:identity_apitoken_changelist"


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the pages beside the lists."""

    def listed(request: HttpRequest) -> HttpResponse:
        return _list(_allowed(request), site)

    def made(request: HttpRequest) -> HttpResponse:
        return _make(_allowed(request), site)

    def fetched(request: HttpRequest, object_id: int) -> HttpResponse:
        return _fetch(_allowed(request), object_id, site)

    return [
        path("identity/api-tokens/", site.admin_view(listed), name="identity_api_tokens"),
        path("identity/api-tokens/<int:object_id>/fetch/", site.admin_view(fetched), name="identity_api_token_fetch"),
        path("identity/api-tokens/make/", site.admin_view(made), name="identity_api_token_make"),
    ]


def _allowed(request: HttpRequest) -> HttpRequest:
    if not request.user.has_perm("identity.add_apitoken"):
        raise Http404("no tokens for this role")
    return request


@require_safe
def _list(request: HttpRequest, site: AdminSite) -> HttpResponse:
    rows = [(token, scope_words(token.scopes)) for token in own_api_tokens(actor_of(request))]
    context = {**site.each_context(request), "title": "API tokens", "rows": rows}
    context["offered"] = [(token, scope_words(token.scopes)) for token in api_tokens_offered_to(actor_of(request))]
    return TemplateResponse(request, "identity/api_tokens.html", context)


def _make(request: HttpRequest, site: AdminSite) -> HttpResponse:
    actor = actor_of(request)
    form = ApiTokenForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token, text = api_token_make(**form.cleaned_data, actor=actor)
        except DomainError as refusal:
            _add(form, refusal)
        else:
            return _shown_once(request, site, token, text)
    context = {**site.each_context(request), "title": "Make a token", "form": form}
    return TemplateResponse(request, "identity/api_token_make.html", context)


def _fetch(request: HttpRequest, object_id: int, site: AdminSite) -> HttpResponse:
    actor = actor_of(request)
    if not api_tokens_kept_by(actor).filter(pk=object_id).exists():
        raise Http404("no such token for this user")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        token, text = api_token_fetch(token_id=object_id, actor=actor)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(LIST)
    return _shown_once(request, site, token, text)


def _shown_once(request: HttpRequest, site: AdminSite, token: ApiToken, text: str) -> HttpResponse:
    """Answer a POST with the one page that ever holds the secret: nothing keeps it for a redirect."""
    shown = {"title": "Your new token", "token": token, "text": text, "words": scope_words(token.scopes)}
    shown["back"] = LIST
    return TemplateResponse(request, "identity/api_token_made.html", {**site.each_context(request), **shown})


def _add(form: Any, refusal: DomainError) -> None:
    field = refusal.field if isinstance(refusal, InputError) and refusal.field in form.fields else None
    form.add_error(field, str(refusal))
