"""A field in which a colleague is chosen by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django import forms

from finpulse.identity.models import User
from finpulse.identity.roles import SEES_CUSTOMERS
from finpulse.identity.selectors.people import LONGEST_TEXT, people_named, people_with, told_apart

NAMED = 5


class PersonInput(forms.TextInput):
    """A text field with names to choose from, fetched as one types; without script those that it begins with."""

    template_name = "identity/person_input.html"
    offered: Iterable[User] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the names that are offered at once."""
        return super().get_context(name, value, attrs) | {"offered": [told_apart(user) for user in self.offered]}


class PersonField(forms.CharField):
    """Takes a name or a part of it, or a user name; gives the one User who is meant, and asks which of several."""

    def __init__(self, *, roles: Collection[str] = SEES_CUSTOMERS, leavers: bool = False, **kwargs: Any) -> None:
        """Take people with one of the roles; `leavers` too, who do not sign in any more."""
        kwargs.setdefault("help_text", "By name; several of one name are told apart by the user name.")
        super().__init__(max_length=LONGEST_TEXT, widget=PersonInput(attrs={"autocomplete": "off"}), **kwargs)
        self._roles, self._leavers = roles, leavers

    def offer(self, people: Iterable[User]) -> None:
        """Name some at once."""
        self.widget.offered = people

    def prepare_value(self, value: Any) -> Any:
        """Show a user by name."""
        return told_apart(value) if isinstance(value, User) else value

    def clean(self, value: Any) -> Any:
        """Find who is meant. :raises ValidationError: for nobody or several, naming these."""
        text = super().clean(value)
        if not text:
            return None
        people = people_with(self._roles, leavers=self._leavers)
        username = text.rpartition("(")[2].rstrip(")").strip() if text.endswith(")") else text
        exact = people.filter(username=username).first()
        return exact or self._only(list(people_named(text, people)[: NAMED + 1]))

    def _only(self, found: list[User]) -> User:
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError("No colleague of this name works with customers. Try a part of the name.")
        more = ", and more" if len(found) > NAMED else ""
        named = ", ".join(told_apart(user) for user in found[:NAMED])
        raise forms.ValidationError(f"Several have this name: {named}{more}. Choose one, or write the user name.")
