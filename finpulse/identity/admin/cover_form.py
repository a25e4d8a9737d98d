"""The form in which a cover is given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from finpulse.identity.models import Cover, User
from finpulse.identity.person_field import PersonField, fields_are_of
from finpulse.identity.selectors.people import people_with

_MOMENT = {"type": "datetime-local"}
OFFERED = 50


class CoverForm(forms.Form):
    """Who stands in for whom, from when until when, how far and why. Times are those of the bank's zone."""

    # A leaver's customers are covered too.
    covered = PersonField(
        label="Who is away", leavers=True, near=True, beyond="For others a supervisor of their unit gives it."
    )
    coverer = PersonField(label="Who stands in", beyond="Across units a supervisor gives the cover.")
    starts_at = forms.DateTimeField(label="From", widget=forms.DateTimeInput(attrs=_MOMENT, format="%Y-%m-%dT%H:%M"))
    ends_at = forms.DateTimeField(label="Until", widget=forms.DateTimeInput(attrs=_MOMENT, format="%Y-%m-%dT%H:%M"))
    scope = forms.ChoiceField(
        label="Which customers",
        choices=[
            (Cover.Scope.ALL, "All in his charge, restricted ones only if you name them next"),
            (Cover.Scope.SOME, "Only those whom you name next"),
        ],
        initial=Cover.Scope.ALL,
        required=False,
        widget=forms.RadioSelect,
    )
    read_only = forms.BooleanField(label="To look and log only, not to change anything", required=False)
    reason = forms.CharField(max_length=200)

    def __init__(self, actor: User, *args: Any, **kwargs: Any) -> None:
        """Begin with a cover of one's own customers from now on, by somebody of one's own unit."""
        super().__init__(*args, **kwargs)
        self.initial.update(covered=actor, starts_at=timezone.localtime())
        fields_are_of(self, actor)
        near: Any = self.fields["coverer"]
        near.offer(people_with().filter(unit=actor.unit_id).exclude(pk=actor.pk)[:OFFERED])

    def clean_scope(self) -> str:
        """All, where nothing is chosen."""
        return self.cleaned_data["scope"] or Cover.Scope.ALL

    def clean_ends_at(self) -> Any:
        """A cover that is over helps nobody."""
        ends_at = self.cleaned_data["ends_at"]
        if ends_at <= timezone.now():
            raise forms.ValidationError("This moment has passed: choose one to come.")
        return ends_at
