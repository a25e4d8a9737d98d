"""The forms in which a token is made, or proposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from finpulse.identity.models import User
from finpulse.identity.person_field import PersonField, fields_are_of
from finpulse.kernel.api.scopes import Resource, resources


@dataclass(frozen=True)
class ScopeBox:
    """A checkbox: its scope, the words for it, whether it is ticked."""

    scope: str
    label: str
    is_ticked: bool


class ScopesForm(forms.Form):
    """What the token is called, how long it lasts, and what it may read and write."""

    DAYS: tuple[int, ...] = ()
    name = forms.CharField(max_length=80, help_text="What it is for, such as “nightly report”.")
    days = forms.TypedChoiceField(label="Ends after", coerce=int, widget=forms.RadioSelect)
    scopes = forms.MultipleChoiceField(label="May", error_messages={"required": "Tick at least one thing it may do."})

    def __init__(self, offered: list[Resource], *args: Any, **kwargs: Any) -> None:
        """Offer these resources."""
        super().__init__(*args, **kwargs)
        self.offered = offered
        fields: Any = self.fields
        fields["days"].choices = [(days, f"{days} days") for days in self.DAYS]
        fields["days"].initial = self.DAYS[1]
        fields["scopes"].choices = [(scope, scope) for resource in offered for scope in resource.scopes]

    def rows(self) -> list[tuple[str, list[ScopeBox]]]:
        """Give each resource with its checkboxes: reading, and writing where anything is written."""
        ticked = set(self["scopes"].value() or ())
        return [(one.label.capitalize(), self._boxes(one, ticked)) for one in self.offered]

    def _boxes(self, resource: Resource, ticked: set[str]) -> list[ScopeBox]:
        return [
            ScopeBox(scope, f"{scope.rpartition(':')[2].capitalize()} {resource.label}", scope in ticked)
            for scope in resource.scopes
        ]


class ApiTokenForm(ScopesForm):
    """One's own token: for no more than one's role opens."""

    DAYS = (7, 30, 60, 90)

    def __init__(self, owner: User, *args: Any, **kwargs: Any) -> None:
        """Offer what the owner's role may open."""
        super().__init__(resources(owner.access.permissions), *args, **kwargs)


class ServiceTokenForm(ScopesForm):
    """A token of an integration, and why it is needed."""

    DAYS = (90, 180, 365)
    user = forms.ModelChoiceField(label="Integration", queryset=User.objects.none(), empty_label="Choose an account")
    keeper = PersonField(
        label="Answered for by",
        beyond="Choose somebody who works with customers and signs in himself.",
        help_text="Who puts it into the script: nobody else sees the secret, and it ends with this colleague.",
    )
    reason = forms.CharField(label="Why", max_length=500)
    field_order = ("user", "name", "keeper", "days", "reason", "scopes")

    def __init__(self, actor: User, *args: Any, **kwargs: Any) -> None:
        """Offer the accounts of integrations that are in use."""
        super().__init__(resources(), *args, **kwargs)
        fields_are_of(self, actor)
        accounts: Any = self.fields["user"]
        accounts.queryset = User.objects.filter(is_active=True, groups__name="integration").order_by("username")
