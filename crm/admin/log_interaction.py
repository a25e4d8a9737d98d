"""Logging an interaction with its next step: one form, one save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from crm import policies
from crm.admin.page import customer_in_scope
from crm.models import Customer, Interaction
from crm.selectors.search import customers_found, typed
from crm.services import NextStep, interaction_log
from finpulse.identity.actor import actor_of
from finpulse.kernel.access import Verdict
from finpulse.kernel.errors import DomainError, InputError
from finpulse.kernel.in_place import answer, page_of
from finpulse.kernel.looking import tell_list

SHOWN_MATCHES = 10


class LogForm(forms.Form):
    """What was said, and what is next."""

    channel = forms.ChoiceField(choices=Interaction.Channel.choices, widget=forms.RadioSelect, initial="CALL")
    direction = forms.ChoiceField(choices=Interaction.Direction.choices, widget=forms.RadioSelect, initial="OUTBOUND")
    occurred_at = forms.DateTimeField(
        label="When", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    summary = forms.CharField(
        label="What was said", max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "autofocus": True})
    )
    next_step = forms.CharField(label="Next step", max_length=200, required=False)
    next_step_on = forms.DateField(
        label="By", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, may_plan: Verdict, data: Any, **kwargs: Any) -> None:
        """Ask for a next step of who may plan one; what somebody else has typed is refused, not passed over."""
        super().__init__(data, **kwargs)
        if not may_plan and not (data and data.get("next_step")):
            del self.fields["next_step"], self.fields["next_step_on"]

    def clean(self) -> dict[str, Any]:
        """A next step has its day, and a day its next step."""
        data = super().clean() or {}
        if data.get("next_step") and not data.get("next_step_on") and "next_step_on" not in self.errors:
            self.add_error("next_step_on", "By when? A next step needs its day.")
        if data.get("next_step_on") and not data.get("next_step"):
            self.add_error("next_step", "What is to be done on that day?")
        return data


def log_interaction(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Show the form for one customer in scope, or save it: the interaction and its next step, both or neither."""
    customer = customer_in_scope(request, object_id)
    may_plan = policies.may_add_task(actor_of(request), customer)
    form = LogForm(may_plan, request.POST or None, initial={"occurred_at": timezone.localtime()})
    if request.method == "POST" and form.is_valid() and _saved(request, form, customer):
        messages.success(request, _done(form, customer))
        return answer(request, reverse("admin:crm_customer_page", args=[customer.pk]))
    context = {
        **page_of(model_admin, request),
        "title": f"Log interaction with {customer.name}",
        "customer": customer,
        "form": form,
        "may_plan": may_plan,
    }
    return TemplateResponse(request, "crm/log_interaction.html", context)


def choose_customer(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Ask with whom, among the customers in scope; the form follows. 404 for a role without customers."""
    if not request.user.has_perm("crm.view_customer"):
        raise Http404("no customers for this role")
    text = typed(request.GET.get("q", ""))
    matches = customers_found(request.user, text, most=SHOWN_MATCHES) if text else []
    if text:
        tell_list(Customer, actor=actor_of(request), surface="choose", count=len(matches), words=text)
    context = {
        **page_of(model_admin, request),
        "title": "Log interaction",
        "text": text,
        "matches": matches,
    }
    return TemplateResponse(request, "crm/choose_customer.html", context)


def _saved(request: HttpRequest, form: LogForm, customer: Customer) -> bool:
    data = form.cleaned_data
    step = NextStep(data["next_step"], data["next_step_on"]) if data.get("next_step") else None
    try:
        interaction_log(
            customer_id=customer.pk,
            channel=data["channel"],
            direction=data["direction"],
            occurred_at=data["occurred_at"],
            summary=data["summary"],
            next_step=step,
            actor=actor_of(request),
        )
    except InputError as error:
        form.add_error(
            {"title": "next_step", "due_on": "next_step_on"}.get(error.field, error.field) or None, str(error)
        )
    except DomainError as error:
        form.add_error(None, str(error))
    return not form.errors


def _done(form: LogForm, customer: Customer) -> str:
    step = f" Next step by {form.cleaned_data['next_step_on']:%-d %B}." if form.cleaned_data.get("next_step") else ""
    return f"Logged with {customer.name}.{step}"
