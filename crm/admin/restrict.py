"""Proposing to put the restricted flag on a customer, or to take it off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from crm import policies
from crm.admin.page import customer_in_scope
from crm.models import Customer
from crm.proposals.restriction import Restriction
from finpulse.identity.actor import actor_of
from finpulse.kernel.errors import DomainError
from finpulse.kernel.proposals import proposal_make
from finpulse.kernel.proposals.selectors import nobody_else_would_approve
from finpulse.kernel.proposals.words import tell_proposed


class RestrictForm(forms.Form):
    """Why, and whether the flag was to go on or off when the form was shown."""

    restricted = forms.TypedChoiceField(
        choices=[("1", "on"), ("0", "off")], coerce=lambda value: value == "1", widget=forms.HiddenInput
    )
    reason = forms.CharField(label="Why", max_length=500, widget=forms.TextInput(attrs={"autofocus": True}))


def restrict_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Ask compliance why, and propose it; 404 for any other role and for customers out of scope."""
    customer, actor = customer_in_scope(request, object_id), actor_of(request)
    if not policies.may_keep_restriction(actor, customer):
        raise Http404("no such verb for this role")
    form = RestrictForm(request.POST or None, initial={"restricted": "0" if customer.restricted else "1"})
    if request.method == "POST" and form.is_valid() and _proposed(request, form, customer):
        return redirect("admin:crm_customer_page", customer.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{'Lift the restriction of' if customer.restricted else 'Restrict'} {customer.name}",
        "opts": model_admin.opts,
        "customer": customer,
        "form": form,
        "nobody_else": nobody_else_would_approve(Restriction.name, actor, customer),
    }
    return TemplateResponse(request, "crm/restrict.html", context)


def _proposed(request: HttpRequest, form: RestrictForm, customer: Customer) -> bool:
    facts = {"restricted": form.cleaned_data["restricted"]}
    try:
        proposal = proposal_make(
            kind=Restriction.name,
            subject_id=customer.pk,
            payload=facts,
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    tell_proposed(request, proposal, "Proposed: another of compliance decides it.")
    return True
