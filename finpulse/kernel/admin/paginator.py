"""Counting no further than anyone pages, and reading a page by its keys."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from finpulse.kernel.access.keys import CAP, count_of, keys_of


class CappedPaginator(Paginator):
    """Counts to its cap and then says "10,000+"; finds a page's keys first, by an index alone, and its rows by key.

    Rows that a search or filter has `narrowed` are found once, in order and up to the cap, which gives their count too.
    A plan for one page of them would take them to lie evenly over the order: for a surname that begins with N it would
    walk through half the bank.
    """

    object_list: QuerySet[Any]

    def __init__(self, *args: Any, narrowed: bool = False, cap: int = CAP, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrowed, self.cap = narrowed, cap

    @cached_property
    def keys(self) -> list[int]:
        """Keys of narrowed rows in order, at most one past the cap."""
        return keys_of(self.object_list, 0, self.cap + 1)

    @property
    def keys_reached(self) -> list[int]:
        """Keys of all rows that can be paged to, in order."""
        return self.keys[: self.cap] if self.narrowed else keys_of(self.object_list, 0, self.cap)

    @cached_property
    def reached(self) -> int:
        """Rows counted, at most one past the cap."""
        return len(self.keys) if self.narrowed else count_of(self.object_list, self.cap + 1)

    @cached_property
    def count(self) -> int:
        """Rows that can be paged to."""
        return min(self.reached, self.cap)

    @property
    def count_label(self) -> str:
        """The count for the screen."""
        return f"{self.cap:,}+" if self.reached > self.cap else f"{self.reached:,}"

    def page(self, number: Any) -> Page:
        """Give the page with its rows read by key."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        rows: Any = self.object_list
        keys = self.keys[first:last] if self.narrowed else keys_of(rows, first, last)
        return Page(rows.filter(pk__in=keys), number, self)
