"""Where the head of the customer page leads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A part of the page that its head leads to; `count` says how much there is."""

    label: str
    anchor: str
    count: int | None = None
