"""A field in which a colleague is chosen by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from finpulse.identity.models import User
from finpulse.identity.selectors.people import LONGEST_TEXT, people_nameable, people_named, told_apart

NAMED = 5
# How a field narrows whom it takes, in the words of `people_nameable`.
NARROWED_BY = ("charge", "leavers", "near")


class PersonInput(forms.TextInput):
    """A text field with names to choose from, fetched as one types; without script those that it begins with."""

    template_name = "identity/person_input.html"
    offered: Iterable[User] = ()

    def __init__(self, narrowed: Iterable[str], attrs: dict[str, Any]) -> None:
        """Say what whoever is asked for names must know of the field."""
        super().__init__(attrs)
        self.narrowed = tuple(narrowed)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the names that are offered at once."""
        offered = [told_apart(user) for user in self.offered]
        return super().get_context(name, value, attrs) | {"offered": offered, "narrowed": self.narrowed}


class PersonField(forms.CharField):
    """Takes a name or a part of it, or a user name; gives the one User who is meant, and asks which of several.

    Its form says whose it is by `actor`; until then the field knows nobody.
    """

    actor: User | None = None

    def __init__(
        self,
        *,
        charge: bool = False,
        leavers: bool = False,
        near: bool = False,
        beyond: str = "",
        autofocus: bool = False,
        **kwargs: Any,
    ) -> None:
        """Narrow as `people_nameable` does; `beyond` says what to do about anybody else."""
        kwargs.setdefault("help_text", "By name; several of one name are told apart by the user name.")
        attrs: dict[str, Any] = {"autocomplete": "off"} | ({"autofocus": True} if autofocus else {})
        self._narrowed = {"charge": charge, "leavers": leavers, "near": near}
        self._beyond = beyond or "Try a part of the name."
        widget = PersonInput([name for name, narrows in self._narrowed.items() if narrows], attrs)
        super().__init__(max_length=LONGEST_TEXT, widget=widget, **kwargs)

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
        people = people_nameable(self.actor, **self._narrowed) if self.actor else User.objects.none()
        username = text.rpartition("(")[2].rstrip(")").strip() if text.endswith(")") else text
        exact = people.filter(username=username).first()
        return exact or self._only(list(people_named(text, people)[: NAMED + 1]))

    def _only(self, found: list[User]) -> User:
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(f"No colleague of this name may be chosen here. {self._beyond}")
        more = ", and more" if len(found) > NAMED else ""
        named = ", ".join(told_apart(user) for user in found[:NAMED])
        raise forms.ValidationError(f"Several have this name: {named}{more}. Choose one, or write the user name.")


def fields_are_of(form: forms.Form, actor: User) -> None:
    """Say whose form it is to each of its fields that name people."""
    for field in form.fields.values():
        if isinstance(field, PersonField):
            field.actor = actor
