"""Opening a customer to somebody by name, and ending that."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from crm import policies
from crm.admin.page import customer_in_scope
from crm.models import Customer
from crm.selectors.grants import grant_standing
from crm.services import CustomerGrantStands, customer_grant, customer_grant_end
from finpulse.identity.actor import actor_of
from finpulse.identity.models import User
from finpulse.identity.person_field import PersonField, fields_are_of
from finpulse.identity.selectors.people import person_of
from finpulse.kernel.errors import DomainError
from finpulse.kernel.templatetags.finpulse import last_day

SEERS = "admin:crm_customer_who_sees"
ANSWER_FOR_ACCESS = frozenset({"supervisor", "compliance"})
WORK = "work"


class BringInForm(forms.Form):
    """To whom, how far, until when and why. The last day is part of it."""

    person = PersonField(label="Who", help_text="A colleague or a script's account, by name or user name.")
    how = forms.ChoiceField(
        label="To",
        choices=[("look", "look only"), (WORK, "work with the customer")],
        initial="look",
        widget=forms.RadioSelect,
    )
    until_on = forms.DateField(
        label="Until", help_text="A year at most.", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(max_length=200)
    # What is open to him already, once that was said.
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, actor: User, *args: Any, **kwargs: Any) -> None:
        """Know who brings somebody in."""
        super().__init__(*args, **kwargs)
        fields_are_of(self, actor)

    def clean_until_on(self) -> Any:
        """A day to come."""
        day = self.cleaned_data["until_on"]
        if day < timezone.localdate():
            raise forms.ValidationError("This day has passed: choose today or one to come.")
        return day


def bring_in_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Ask to whom, and open the customer to him; 404 for roles that answer for no access and out of scope."""
    customer = _found(request, object_id)
    verdict = policies.may_open_customer(actor_of(request), customer)
    if not verdict and request.method == "POST":
        messages.error(request, verdict.reason)
        return redirect(SEERS, customer.pk)
    form = BringInForm(actor_of(request), request.POST or None)
    if request.method == "POST" and form.is_valid() and _granted(request, form, customer):
        return redirect(SEERS, customer.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Bring somebody in to {customer.name}",
        "opts": model_admin.opts,
        "customer": customer,
        "form": form,
        "verdict": verdict,
    }
    return TemplateResponse(request, "crm/bring_in.html", context)


def end_grant(request: HttpRequest, object_id: int) -> HttpResponse:
    """Close the customer to whom the form names."""
    return _end(request, _found(request, object_id))


@require_POST
def _end(request: HttpRequest, customer: Customer) -> HttpResponse:
    person = person_of(request.POST.get("person", ""))
    try:
        if person is None:
            raise Http404("no such person")
        ended = customer_grant_end(customer_id=customer.pk, user_id=person.pk, actor=actor_of(request))
        messages.success(request, f"{customer.name} is closed to {person}." if ended else "This had ended already.")
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(SEERS, customer.pk)


def _found(request: HttpRequest, object_id: int) -> Customer:
    customer = customer_in_scope(request, object_id)
    if not actor_of(request).access.roles & ANSWER_FOR_ACCESS:
        raise Http404("no such verb for this role")
    return customer


def _granted(request: HttpRequest, form: BringInForm, customer: Customer) -> bool:
    data = form.cleaned_data
    until_at = timezone.make_aware(datetime.combine(data["until_on"] + timedelta(days=1), time.min))
    standing = grant_standing(customer, data["person"])
    try:
        customer_grant(
            customer_id=customer.pk,
            to_user=data["person"],
            actor=actor_of(request),
            reason=data["reason"],
            until_at=until_at,
            editable=data["how"] == WORK,
            shown=data["shown"],
        )
    except CustomerGrantStands as refusal:
        form.add_error("person", str(refusal))
        typed: Any = form.data
        form.data = {**typed.dict(), "shown": refusal.standing.mark}
        return False
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    replaced = standing and not standing.says(until_at, data["how"] == WORK, data["reason"])
    before = f" Before: {standing.in_words()}." if standing and replaced else ""
    how = "to work" if data["how"] == WORK else "to look"
    messages.success(request, f"{data['person']} is brought in {how} until {last_day(until_at)}.{before}")
    return True
