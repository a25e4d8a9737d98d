"""Events as a page tells them: who, what, by which right, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from finpulse.audit.models import AuditEvent
from finpulse.audit.verbs import Kind, kind_of, words_of

_REACH = {"OWN": "own customer", "UNIT": "customer of the unit", "ALL": "role", "ALL_AND_RESTRICTED": "role"}
_PLACES = {
    "page": "customer page",
    "api": "API",
    "who_sees": "who may see him",
    "trail": "this page",
    "reveal": "identifiers",
}


@dataclass(frozen=True)
class Told:
    """An event for the screen. `right`, `place` (which page, which token) and `person` (of whom it tells) may be ""."""

    event: AuditEvent
    what: str
    kind: Kind
    right: str
    place: str
    person: str

    @property
    def who(self) -> str:
        """The person, or FinPulse itself."""
        return str(self.event.actor or "FinPulse")


def told(events: Iterable[AuditEvent]) -> list[Told]:
    """Word events that were read with their actors, in one query for whoever else is stood in for or told of."""
    events = list(events)
    actors = {event.actor_id: event.actor for event in events if event.actor_id is not None}
    covered = {by["for"] for event in events if "for" in (by := _by(event))}
    people = covered | {event.subject_id for event in events if _is_of_person(event)}
    names = {**people_named(people - actors.keys()), **actors}
    return [_told(event, names) for event in events]


def people_named(keys: Collection[Any]) -> Mapping[int, Any]:
    """Give people by their keys."""
    people: Mapping[int, Any] = get_user_model()._default_manager.in_bulk(keys) if keys else {}
    return people


def _told(event: AuditEvent, names: Mapping[int, Any]) -> Told:
    person = str(names.get(event.subject_id or 0, "")) if _is_of_person(event) else ""
    right, place = _right(_by(event), names), _place(event.detail)
    return Told(event, words_of(event.verb), kind_of(event.verb), right, place, person)


def _is_of_person(event: AuditEvent) -> bool:
    return event.subject_id is not None and event.subject_type == get_user_model()._meta.label_lower


def _by(event: AuditEvent) -> dict[str, Any]:
    by = event.detail.get("by")
    return by if isinstance(by, dict) else {}


def _right(by: dict[str, Any], names: Mapping[int, Any]) -> str:
    if "cover" in by:
        return f"for {names.get(by['for'], 'a colleague')}, cover {by['cover']}"
    if "grant" in by:
        return f"opened to him by name, grant {by['grant']}"
    if "role_grant" in by:
        return f"opened to his role, grant {by['role_grant']}"
    reach = _REACH.get(by.get("reach", ""), "")
    return f"{reach} {by['role'].replace('_', ' ')}" if "role" in by else reach


def _place(detail: dict[str, Any]) -> str:
    surface = str(detail.get("surface", ""))
    return ", ".join(filter(None, (_PLACES.get(surface, surface.replace("_", " ")), _means(detail))))


def _means(detail: dict[str, Any]) -> str:
    """Say by what a script signed in; a person's session is not worth a word."""
    if "client" in detail:
        return f"by {detail['client']}"
    return f"by token {detail['token']}" if "token" in detail else ""
