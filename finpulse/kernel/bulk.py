"""One verb on many rows: how many at most, and what came of it."""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import dataclass

from finpulse.kernel.errors import DomainError

# Locked and judged in one transaction, named on one page.
MOST = 500


class TooManyAtOnce(DomainError):
    """More rows than one go takes."""


@dataclass(frozen=True)
class Outcome:
    """How many rows were changed, how many were so already, how many were refused or are gone.

    With a `proposal_id` the change of the first is only proposed.
    """

    done: int
    already: int = 0
    refused: int = 0
    proposal_id: int | None = None


def check_many(rows: Sized) -> None:
    """:raises TooManyAtOnce: when these are more than one go takes."""
    if len(rows) > MOST:
        raise TooManyAtOnce(f"At most {MOST} are changed in one go. Narrow the list first.")
