"""What is asked of whoever breaks the glass."""

from __future__ import annotations

from django import forms

from finpulse.identity.services.break_glass import LEAST_REASON


class BreakGlassForm(forms.Form):
    """Who, two secrets, and why."""

    username = forms.CharField(label="User name", max_length=150)
    password = forms.CharField(widget=forms.PasswordInput, max_length=200)
    code = forms.CharField(
        label="Code",
        max_length=12,
        help_text="The six digits that the authenticator shows now; each is good once.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    reason = forms.CharField(
        label="Why",
        min_length=LEAST_REASON,
        max_length=500,
        help_text="What has happened, and what you are going to do. It is kept, and compliance is told.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
