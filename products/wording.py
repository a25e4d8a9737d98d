"""Criteria in words for the screen."""

from __future__ import annotations

from typing import Protocol

from products.models import Criterion

_RESIDENTS = {"AU": "Australian resident"}


class Asked(Protocol):
    """A criterion as read: a row of products.Criterion, or its columns."""

    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def info(self) -> str: ...
    @property
    def understood(self) -> bool: ...
    @property
    def threshold(self) -> int | None: ...
    @property
    def country(self) -> str: ...
    @property
    def more_to_check(self) -> bool: ...
    @property
    def admits_sole_traders(self) -> bool: ...


def requirement(asked: Asked) -> str:
    """Say what is asked: "Age 18 or over". Of a criterion that is not understood, only its kind."""
    if asked.understood and asked.kind == Criterion.Kind.MIN_AGE:
        return f"Age {asked.threshold} or over"
    if asked.understood and asked.kind == Criterion.Kind.MAX_AGE:
        return f"Age under {asked.threshold}"
    if asked.understood and asked.kind == Criterion.Kind.RESIDENCY_STATUS:
        return f"Residency: {_RESIDENTS.get(asked.country, f'resident of {asked.country}')} asked"
    return kind_label(asked.kind)


def kind_label(kind: str) -> str:
    """Give the kind in words; a bank's own kind as it writes it."""
    return Criterion.Kind(kind).label if kind in Criterion.Kind.values else kind.replace("_", " ").capitalize()


def own_words(asked: Asked) -> str:
    """Give the bank's own words, those said twice once; "" where it says nothing beside the kind."""
    return " – ".join(dict.fromkeys(words for words in (asked.value, asked.info) if words))
