"""What is written down of a well-known customer; chance fills in the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Said(NamedTuple):
    """An interaction, so many days ago and minutes after the bank opened at eight."""

    days_ago: int
    minutes: int
    channel: str
    direction: str
    summary: str


class Todo(NamedTuple):
    """A task of the manager, due so many days from today."""

    days: int
    title: str
    done: bool = False


class Part(NamedTuple):
    """Another's part in one of the member's holdings: who by number, which by position, as what."""

    number: int
    holding: int
    role: str
    facts: dict[str, Any] = {}


class Tie(NamedTuple):
    """What the member is to another: "he is KIND of him", who by number."""

    number: int
    kind: str
    facts: dict[str, Any] = {}


@dataclass(frozen=True)
class Member:
    """A customer of `manager` with facts by field name, and everything that hangs on him."""

    manager: str
    facts: dict[str, Any]
    holdings: list[dict[str, Any]] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    todo: list[Todo] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    @property
    def known(self) -> dict[str, Any]:
        """His facts, with when he came: with his first holding; a prospect has not yet."""
        return {"joined_on": min((holding["opened_on"] for holding in self.holdings), default=None)} | self.facts


def person(given: str, family: str, *, woman: bool, **facts: Any) -> dict[str, Any]:
    """Give the facts of an active person in good standing."""
    head = {"kind": "PERSON", "given_name": given, "family_name": family, "gender": "FEMALE" if woman else "MALE"}
    return head | _IN_ORDER | {"segment": "AFFLUENT", "nationality": "CZ", "language": "cs"} | facts


def organisation(name: str, **facts: Any) -> dict[str, Any]:
    """Give the facts of an active organisation in good standing."""
    return {"kind": "ORGANISATION", "organisation_name": name, "segment": "SME"} | _IN_ORDER | facts


_IN_ORDER = {
    "status": "ACTIVE",
    "closed_on": None,
    "kyc_status": "CLEAR",
    "kyc_level": "STANDARD",
    "aml_risk": "LOW",
    "pep": False,
    "currency": "CZK",
}
