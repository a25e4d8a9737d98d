"""What is refused: a cell, a row, or the whole feed."""

from __future__ import annotations

from dataclasses import dataclass

from crm.card_numbers import find_card_number
from finpulse.kernel.errors import DomainError

LONGEST_SHOWN = 40


class FeedLoadRefused(DomainError):
    """Nothing of this feed is loaded, and the sentence says why."""


class CellRefused(Exception):
    """A cell cannot be read. The text is a sentence without its beginning: "is not a date"."""


class RowRefused(Exception):
    """A row cannot be loaded; `column` names where. The text is a whole sentence."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


@dataclass(frozen=True)
class RowError:
    """A refused row: the file's name, the number of its physical line, the column ("" for the row as such), why."""

    file: str
    line: int
    column: str
    reason: str


def shown(text: str) -> str:
    """Give a cell's text fit for a report: shortened, and never a card number."""
    if find_card_number(text):
        return "This value"
    return f"“{text}”" if len(text) <= LONGEST_SHOWN else f"“{text[:LONGEST_SHOWN]}…”"
