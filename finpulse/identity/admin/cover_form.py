"""The form in which a cover is given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from finpulse.identity.models import User
from finpulse.identity.roles import SEES_CUSTOMERS

_MOMENT = {"type": "datetime-local"}


class CoverForm(forms.Form):
    """Who stands in for whom, from when until when, how far and why. Times are those of the bank's zone."""

    covered = forms.CharField(label="Who is away", max_length=150, help_text="His user name.")
    coverer = forms.CharField(label="Who stands in", max_length=150, help_text="The colleague's user name.")
    starts_at = forms.DateTimeField(label="From", widget=forms.DateTimeInput(attrs=_MOMENT, format="%Y-%m-%dT%H:%M"))
    ends_at = forms.DateTimeField(label="Until", widget=forms.DateTimeInput(attrs=_MOMENT, format="%Y-%m-%dT%H:%M"))
    read_only = forms.BooleanField(label="To look and log only, not to change anything", required=False)
    reason = forms.CharField(max_length=200)

    def __init__(self, actor: User, *args: Any, **kwargs: Any) -> None:
        """Begin with a cover of one's own customers from now on."""
        super().__init__(*args, **kwargs)
        self.initial.update(covered=actor.username, starts_at=timezone.localtime())

    def clean_covered(self) -> User:
        """Find who is away; a leaver's customers are covered too."""
        return _named(User.objects.filter(username=self.cleaned_data["covered"]))

    def clean_coverer(self) -> User:
        """Find the colleague: he signs in, and his role sees customers."""
        found = User.objects.filter(username=self.cleaned_data["coverer"], is_active=True)
        return _named(found.filter(groups__name__in=SEES_CUSTOMERS).distinct())

    def clean_ends_at(self) -> Any:
        """A cover that is over helps nobody."""
        ends_at = self.cleaned_data["ends_at"]
        if ends_at <= timezone.now():
            raise forms.ValidationError("This moment has passed: choose one to come.")
        return ends_at


def _named(found: Any) -> User:
    user: User | None = found.first()
    if user is None:
        raise forms.ValidationError("No colleague of this user name works with customers: look it up and try again.")
    return user
