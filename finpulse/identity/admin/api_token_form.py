"""The form in which a token is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from finpulse.identity.models import ApiToken, User
from finpulse.identity.models.api_token import LONGEST
from finpulse.kernel.api.scopes import Resource, resources

DAYS = (7, 30, 60, LONGEST[ApiToken.Kind.PERSONAL].days)


@dataclass(frozen=True)
class ScopeBox:
    """A checkbox: its scope, the words for it, whether it is ticked."""

    scope: str
    label: str
    is_ticked: bool


class ApiTokenForm(forms.Form):
    """What the token is called, how long it lasts, and what it may read and write: no more than its owner's role."""

    name = forms.CharField(max_length=80, help_text="What it is for, such as “nightly report”.")
    days = forms.TypedChoiceField(
        label="Ends after",
        coerce=int,
        choices=[(days, f"{days} days") for days in DAYS],
        initial=DAYS[1],
        widget=forms.RadioSelect,
    )
    scopes = forms.MultipleChoiceField(label="May", error_messages={"required": "Tick at least one thing it may do."})

    def __init__(self, owner: User, *args: Any, **kwargs: Any) -> None:
        """Offer what the owner's role may open."""
        super().__init__(*args, **kwargs)
        self.offered = resources(owner.access.permissions)
        scopes: Any = self.fields["scopes"]
        scopes.choices = [(scope, scope) for resource in self.offered for scope in resource.scopes]

    def rows(self) -> list[tuple[str, list[ScopeBox]]]:
        """Give each resource with its checkboxes: reading, and writing where anything is written."""
        ticked = set(self["scopes"].value() or ())
        return [(one.label.capitalize(), self._boxes(one, ticked)) for one in self.offered]

    def _boxes(self, resource: Resource, ticked: set[str]) -> list[ScopeBox]:
        return [
            ScopeBox(scope, f"{scope.rpartition(':')[2].capitalize()} {resource.label}", scope in ticked)
            for scope in resource.scopes
        ]
