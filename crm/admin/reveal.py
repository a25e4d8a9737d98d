"""The page on which an identifier is shown whole, for five minutes and there alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from crm import policies
from crm.admin.page import customer_in_scope
from crm.masking import UnreadableIdentifier, masked_identifier, opened_identifier
from crm.models import Customer, IdentifierReveal
from crm.selectors.reveals import reveals_running
from crm.services import customer_viewed
from crm.services.reveal import LONGEST_REASON, SHORTEST_REASON, identifier_reveal
from finpulse.identity.actor import actor_of
from finpulse.kernel.errors import DomainError

Identifier = IdentifierReveal.Identifier


class RevealForm(forms.Form):
    """Which identifier, and why."""

    identifier = forms.ChoiceField(label="What", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why",
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        help_text="For whom or what you need it. Compliance and auditors read this.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, known: list[Identifier], data: Any) -> None:
        super().__init__(data, initial={"identifier": known[0].value if known else ""})
        choice: Any = self.fields["identifier"]
        choice.choices = [(one.value, one.label) for one in known]


def reveal_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Ask why, or show what was asked for while its time runs; 404 for a role that never has identifiers shown."""
    if not request.user.has_perm(policies.REVEAL):
        raise Http404("no identifiers for this role")
    return _answer(request, model_admin, customer_in_scope(request, object_id))


@require_http_methods(["GET", "HEAD", "POST"])
def _answer(request: HttpRequest, model_admin: Any, customer: Customer) -> HttpResponse:
    verdict = policies.may_reveal(actor_of(request), customer)
    if not verdict and request.method == "POST":
        messages.error(request, verdict.reason)
        return redirect("admin:crm_customer_reveal", customer.pk)
    known = [one for one in Identifier if getattr(customer, one.value.lower())]
    form = RevealForm(known, request.POST or None)
    if request.method == "POST" and form.is_valid():
        refusal = _refusal(request, form, customer)
        if refusal is None:
            return redirect("admin:crm_customer_reveal", customer.pk)
        form.add_error(getattr(refusal, "field", None) or None, str(refusal))
        return _show(request, model_admin, customer, form, status=refusal.status)
    return _show(request, model_admin, customer, form)


def _refusal(request: HttpRequest, form: RevealForm, customer: Customer) -> DomainError | None:
    """Have it shown, or give why it is not."""
    try:
        identifier_reveal(customer_id=customer.pk, actor=actor_of(request), now=timezone.now(), **form.cleaned_data)
    except DomainError as refusal:
        return refusal
    return None


@transaction.atomic
def _show(
    request: HttpRequest, model_admin: Any, customer: Customer, form: RevealForm, status: int = 200
) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    customer_viewed(customer=customer, actor=actor, surface="reveal")
    may = policies.may_reveal(actor, customer)
    shown = _opened(customer, actor, now) if may else []
    _leave_out(form, {reveal.identifier for reveal, _ in shown})
    ends_at = min((reveal.until_at for reveal, _ in shown), default=None)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Show an identifier of {customer.name}",
        "opts": model_admin.opts,
        "customer": customer,
        "masked": [(one.label, masked_identifier(customer, one.value.lower())) for one in Identifier],
        "form": form,
        "may": may,
        "shown": shown,
        "ends_at": ends_at,
        # To the next whole second: a page that opens again a moment early would still show it.
        "seconds": int((ends_at - now).total_seconds()) + 1 if ends_at else 0,
    }
    response = TemplateResponse(request, "crm/reveal.html", context, status=status)
    return response.render()


def _leave_out(form: RevealForm, shown: set[str]) -> None:
    """Ask for no identifier that stands on the page already: its reason is the one that was written down."""
    choice: Any = form.fields["identifier"]
    choice.choices = [(value, label) for value, label in choice.choices if value not in shown]


def _opened(customer: Customer, actor: Any, now: datetime) -> list[tuple[IdentifierReveal, str]]:
    found = []
    for reveal in reveals_running(customer, actor, now):
        try:
            found.append((reveal, opened_identifier(customer, reveal.column)))
        except UnreadableIdentifier:
            continue
    return found
