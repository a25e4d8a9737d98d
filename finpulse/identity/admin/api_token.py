"""Everybody's API tokens, for system administrators; revoking one, for its owner too."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from finpulse.identity import policies
from finpulse.identity.actor import actor_of
from finpulse.identity.admin.own_api_tokens import ALL
from finpulse.identity.admin.own_api_tokens import LIST as OWN
from finpulse.identity.admin.service_tokens import propose_page
from finpulse.identity.models import ApiToken, User
from finpulse.identity.selectors.api_tokens import api_tokens_matching, api_tokens_seen_by
from finpulse.identity.services.api_tokens import api_token_revoke
from finpulse.kernel.admin import ReadOnlyAdmin
from finpulse.kernel.api.scopes import scope_words
from finpulse.kernel.errors import DomainError


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Which tokens there are, never a secret."""

    list_purpose = "Which scripts sign in, for whom, to do what and until when. Revoke those that nobody needs."
    change_form_template = "identity/api_token.html"
    change_list_template = "identity/api_token_list.html"
    list_display = (
        *("name", "user", "shown_keeper", "prefix", "shown_scopes"),
        *("expires_at", "last_used_at", "shown_state"),
    )
    list_select_related = ("user", "keeper")
    list_filter = ("kind",)
    search_fields = ("prefix",)
    search_help_text = "How a token begins, or a user name"
    ordering = ("-id",)
    fields = (
        *("name", "user", "kind", "shown_keeper", "prefix", "shown_scopes", "created_at", "expires_at"),
        *("last_used_at", "last_used_from", "offered_until", "revoked_at", "revoked_by"),
    )
    readonly_fields = fields

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[ApiToken], search_term: str
    ) -> tuple[QuerySet[ApiToken], bool]:
        """Find a token by its beginning, or all of a user."""
        return api_tokens_matching(queryset, search_term), False

    def get_urls(self) -> list[URLPattern]:
        """Put the verbs before the stock addresses."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:object_id>/revoke/", wrap(self.revoke), name="identity_apitoken_revoke"),
            path("propose/", wrap(partial(propose_page, self)), name="identity_apitoken_propose"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the verb by the policy that guards it."""
        token = self.get_object(request, object_id)
        verbs = _verbs(actor_of(request), token) if token is not None else {}
        return super().change_view(request, object_id, form_url, {**verbs, **(extra_context or {})})

    def revoke(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Say what ends; end it."""
        actor = actor_of(request)
        token = api_tokens_seen_by(actor).filter(pk=object_id).first()
        if token is None:
            raise Http404("no such token for this user")
        back = OWN if actor.pk in (token.user_id, token.keeper_id) else ALL
        if request.method == "POST":
            return _revoked(request, token, actor, back)
        context = {**self.admin_site.each_context(request), "title": f"Revoke {token.name}", "back": back}
        context |= {"token": token, "is_own": token.user_id == actor.pk, "words": scope_words(token.scopes)}
        return TemplateResponse(request, "identity/api_token_revoke.html", context)

    @admin.display(description="May")
    def shown_scopes(self, token: ApiToken) -> str:
        """In words."""
        return ", ".join(scope_words(token.scopes))

    @admin.display(description="Answered for by")
    def shown_keeper(self, token: ApiToken) -> str:
        """Who does; of an integration's older token nobody, of a person's he himself."""
        return str(token.keeper or token.user) if token.keeper or token.kind == ApiToken.Kind.PERSONAL else "nobody"

    @admin.display(description="State")
    def shown_state(self, token: ApiToken) -> str:
        """Whether it still signs in, and whether it is to be replaced."""
        return f"{token.state}, ends soon" if token.ends_soon else token.state


def _verbs(actor: User, token: ApiToken) -> dict[str, bool]:
    return {"may_revoke": token.revoked_at is None and bool(policies.may_revoke_api_token(actor, token))}


def _revoked(request: HttpRequest, token: ApiToken, actor: User, back: str) -> HttpResponse:
    try:
        api_token_revoke(token_id=token.pk, actor=actor)
        messages.success(request, f"The token {token.name} is revoked: whatever uses it is refused from now on.")
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(back)
