"""Where the head of the customer page leads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A part of the page that its head leads to; `count` says how much there is."""

    label: str
    anchor: str
    count: int | None = None

    @property
    def url(self) -> str:
        """Where on the page it is."""
        return f"#{self.anchor}"
