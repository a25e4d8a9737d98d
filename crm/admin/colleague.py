"""A colleague, chosen by his user name."""

from __future__ import annotations

from typing import Any

from django import forms

from finpulse.identity.models import User


class ColleagueField(forms.CharField):
    """Takes a user name and gives the active user."""

    def __init__(self, *, label: str, autofocus: bool = False) -> None:
        """Say how he is named."""
        widget = forms.TextInput(attrs={"autofocus": True} if autofocus else {})
        super().__init__(label=label, max_length=150, help_text="The colleague's user name.", widget=widget)

    def clean(self, value: Any) -> Any:
        """Find him; nobody is told apart from who has left."""
        name = super().clean(value)
        user = User.objects.with_access().select_related("unit").filter(username=name, is_active=True).first()
        if user is None:
            raise forms.ValidationError("No colleague has this user name: look it up and try again.")
        return user
