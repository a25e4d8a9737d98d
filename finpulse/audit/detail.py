"""What else an event keeps, in words: colleagues by name, days and moments as the bank writes them, what was and is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime

from finpulse.kernel.proposals.kinds import proposal_kinds

# Keys of colleagues.
_PEOPLE = frozenset(
    (*("from", "to", "for", "manager", "user", "person"), *("proposed_by", "covered", "coverer", "offered_to"))
)
_ROLES = frozenset(("role", "roles", "added", "removed"))
# Told as the right, and as the place.
_ELSEWHERE = frozenset(("by", "surface", "client", "token"))
_CHANGE = ("before", "after")
NOTHING = "nothing"
_CODES = {None: NOTHING, True: "yes", False: "no"}


def people_of(detail: Mapping[str, Any]) -> set[int]:
    """Give the keys of people that it names."""
    own = {value for name, value in detail.items() if name in _PEOPLE and _is_key(value)}
    return own.union(*(people_of(value) for value in detail.values() if isinstance(value, dict)))


def detail_in_words(detail: Mapping[str, Any], names: Mapping[int, Any]) -> list[tuple[str, str]]:
    """Give what it keeps as pairs, of a change what was and what is."""
    plain = [name for name in sorted(detail) if name not in _ELSEWHERE and name not in _CHANGE]
    pairs = [(_label(name), _said(name, detail[name], names)) for name in plain]
    return pairs + (list(_changes(detail, names)) if set(_CHANGE) & set(detail) else [])


def _changes(detail: Mapping[str, Any], names: Mapping[int, Any]) -> Iterator[tuple[str, str]]:
    before, after = (detail.get(name) for name in _CHANGE)
    if not isinstance(before, dict) or not isinstance(after, dict):
        yield "Change", f"{_said('', before, names)} → {_said('', after, names)}"
        return
    for name in sorted({*before, *after}):
        yield _label(name), f"{_said(name, before.get(name), names)} → {_said(name, after.get(name), names)}"


def _label(name: str) -> str:
    return capfirst(name.removesuffix("_at").removesuffix("_on").replace("_", " "))


def _said(name: str, value: Any, names: Mapping[int, Any]) -> str:
    if isinstance(value, dict | list):
        return _parts(name, value, names) or NOTHING
    if value is None or isinstance(value, bool):
        return _CODES[value]
    if name in _PEOPLE and _is_key(value):
        return str(names.get(value, f"person {value}"))
    return _worded(name, str(value)) or NOTHING


def _parts(name: str, value: dict[str, Any] | list[Any], names: Mapping[int, Any]) -> str:
    if isinstance(value, list):
        return ", ".join(_said(name, one, names) for one in value)
    return "; ".join(f"{_label(key)}: {_said(key, value[key], names)}" for key in sorted(value))


def _worded(name: str, value: str) -> str:
    if name == "kind" and value in proposal_kinds:
        return proposal_kinds.get(value).label
    if name in _ROLES:
        return value.replace("_", " ")
    try:
        return _dated(name, value)
    except ValueError:
        return value


def _dated(name: str, value: str) -> str:
    """:raises ValueError: for a day or a moment that there is not."""
    if name.endswith("_at") and (moment := parse_datetime(value)):
        return date_format(localtime(moment) if moment.tzinfo else moment, "DATETIME_FORMAT")
    if (name.endswith("_on") or name in _PEOPLE) and (day := parse_date(value)):
        return date_format(day, "DATE_FORMAT")
    return value


def _is_key(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
