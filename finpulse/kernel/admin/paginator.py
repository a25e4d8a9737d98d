"""Counting no further than anyone pages."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator

CAP = 10_000


class CappedPaginator(Paginator):
    """Counts to 10,000 and then says "10,000+": the cost of a page does not grow with the bank."""

    @cached_property
    def reached(self) -> int:
        """Rows counted, at most one past the cap."""
        rows: Any = self.object_list
        return int(rows.order_by()[: CAP + 1].count())

    @cached_property
    def count(self) -> int:
        """Rows that can be paged to."""
        return min(self.reached, CAP)

    @property
    def count_label(self) -> str:
        """The count for the screen."""
        return f"{CAP:,}+" if self.reached > CAP else f"{self.reached:,}"
