"""The form in which a role mapping is proposed."""

from __future__ import annotations

from typing import Any

from django import forms

from finpulse.identity.models import ClaimKind, Unit
from finpulse.identity.roles import ROLES


class ClaimMappingForm(forms.Form):
    """A value of the provider's claim, what it is to give, and why."""

    kind = forms.ChoiceField(label="Claim", choices=ClaimKind.choices)
    value = forms.CharField(label="Value, letter for letter", max_length=200, strip=False)
    role = forms.ChoiceField(
        label="Role", required=False, choices=[("", "None"), *((role.name, role.label) for role in ROLES.values())]
    )
    unit = forms.ModelChoiceField(
        label="Unit", required=False, queryset=Unit.objects.order_by("name"), empty_label="None"
    )
    reason = forms.CharField(label="Why", max_length=500)

    def clean(self) -> dict[str, Any]:
        """A role by the role claim, a unit by the unit claim."""
        facts: dict[str, Any] = super().clean() or {}
        if facts.get("kind") == ClaimKind.ROLE and facts.get("unit"):
            self.add_error("unit", "A value of the role claim gives a role: leave the unit out.")
        if facts.get("kind") == ClaimKind.UNIT and facts.get("role"):
            self.add_error("role", "A value of the unit claim gives a unit: leave the role out.")
        return facts
