"""Closing an account, from the page of its user."""

from __future__ import annotations

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
from finpulse.identity.services import user_deactivate
from finpulse.kernel.errors import DomainError


class DeactivateForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="Why", max_length=200, widget=forms.TextInput(attrs={"autofocus": True}))


def urls(site: AdminSite) -> list[URLPattern]:
    """Mount the page beside the user's."""

    def deactivate(request: HttpRequest, object_id: int) -> HttpResponse:
        return _deactivate(request, object_id, site)

    place = "identity/user/<int:object_id>/deactivate/"
    return [path(place, site.admin_view(deactivate), name="identity_user_deactivate")]


def _deactivate(request: HttpRequest, object_id: int, site: AdminSite) -> HttpResponse:
    if not request.user.has_perm("identity.change_user"):
        raise Http404("not for this role")
    user, actor = get_object_or_404(User, pk=object_id), actor_of(request)
    form = DeactivateForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _done(request, form, user):
        return redirect("admin:identity_user_change", user.pk)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": f"Deactivate {user}",
        "whose": user,
        "form": form,
        "verdict": policies.may_deactivate(actor, user),
    }
    return TemplateResponse(request, "identity/user_deactivate.html", context)


def _done(request: HttpRequest, form: DeactivateForm, user: User) -> bool:
    try:
        user_deactivate(user=user, actor=actor_of(request), reason=form.cleaned_data["reason"])
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"{user} is deactivated and out at the next request.")
    return True
