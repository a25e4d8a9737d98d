"""Closing an account and opening it again, from the page of its user."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from finpulse.identity import policies
from finpulse.identity.actor import actor_of
from finpulse.identity.models import User
from finpulse.identity.selectors.api_tokens import api_tokens_kept_by
from finpulse.identity.selectors.people import deactivation_of
from finpulse.identity.services import user_deactivate, user_reactivate
from finpulse.kernel.access import Verdict
from finpulse.kernel.errors import DomainError


class AccountForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="Why", max_length=200, widget=forms.TextInput(attrs={"autofocus": True}))


@dataclass(frozen=True)
class Verb:
    """What is done with an account, the question who may, and what is said once it is done."""

    name: str
    do: Callable[..., User]
    may: Callable[[User, User], Verdict]
    said: str


VERBS = (
    Verb("deactivate", user_deactivate, policies.may_deactivate, "is deactivated and out at the next request."),
    Verb(
        "reactivate",
        user_reactivate,
        policies.may_reactivate,
        "is reactivated, without roles until the next sign-in at the bank's identity provider gives them.",
    ),
)


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the pages beside the user's."""
    return [
        path(
            f"identity/user/<int:object_id>/{verb.name}/",
            site.admin_view(partial(_account, site=site, verb=verb)),
            name=f"identity_user_{verb.name}",
        )
        for verb in VERBS
    ]


def _account(request: HttpRequest, object_id: int, site: AdminSite, verb: Verb) -> HttpResponse:
    if not request.user.has_perm("identity.change_user"):
        raise Http404("not for this role")
    user, actor = get_object_or_404(User, pk=object_id), actor_of(request)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _done(request, form, user, verb):
        return redirect("admin:identity_user_change", user.pk)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": f"{verb.name.capitalize()} {user}",
        "whose": user,
        "form": form,
        "verdict": verb.may(actor, user),
        "deactivation": deactivation_of(user),
        "kept": api_tokens_kept_by(user),
    }
    return TemplateResponse(request, f"identity/user_{verb.name}.html", context)


def _done(request: HttpRequest, form: AccountForm, user: User, verb: Verb) -> bool:
    try:
        verb.do(user=user, actor=actor_of(request), reason=form.cleaned_data["reason"])
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"{user} {verb.said}")
    return True
