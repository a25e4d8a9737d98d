"""A verb that a list offers for the rows that are selected."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from finpulse.kernel.access import Verdict
from finpulse.kernel.bulk import Outcome


class BulkVerb(ABC):
    """`name` is its address, `label` its button, `permission` what a role must hold to be offered it.

    `done_words` and `already_words` follow a number: "11 marked done", "1 was done already".
    """

    name: ClassVar[str]
    label: ClassVar[str]
    permission: ClassVar[str]
    done_words: ClassVar[str]
    already_words: ClassVar[str]
    form: ClassVar[type[forms.Form] | None] = None

    @abstractmethod
    def question(self, count: int) -> str:
        """Say what will be done and to how many: "Mark 12 tasks done"."""

    @abstractmethod
    def verdicts(self, actor: Any, rows: Sequence[Any]) -> list[Verdict]:
        """Judge each row, in their order; the scope of all is asked together."""

    def hints(self, rows: Sequence[Any]) -> list[str]:
        """Say what to think of before it is done to these rows."""
        return []

    @abstractmethod
    def do(self, *, keys: list[int], actor: Any, facts: dict[str, Any]) -> Outcome:
        """Call the one service. :raises DomainError: to refuse all."""

    def make_form(self, actor: Any, data: Any) -> forms.Form | None:
        """Give the form, with what was typed into it, or None for a verb that asks nothing more."""
        return self.form(data) if self.form else None

    def rows(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Read along what naming and judging a row needs."""
        return rows

    def names(self, rows: Sequence[Any]) -> list[str]:
        """Name rows, in their order."""
        return [str(row) for row in rows]

    def words_of(self, outcome: Outcome) -> str:
        """Say what the number was done to."""
        return self.done_words

    def told(self, outcome: Outcome) -> str:
        """Say what came of it."""
        parts = [f"{outcome.done} {self.words_of(outcome)}"] if outcome.done else []
        if outcome.already:
            parts.append(f"{outcome.already} {'was' if outcome.already == 1 else 'were'} {self.already_words}")
        if outcome.refused:
            parts.append(f"{outcome.refused} could not be changed")
        return ("" if outcome.done else "Nothing changed: ") + ", ".join(parts) + "."


def counted(count: int, one: str, many: str) -> str:
    """Give "1 task" or "12 tasks"."""
    return f"{count:,} {one if count == 1 else many}"
