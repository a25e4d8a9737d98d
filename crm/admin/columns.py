"""What a list offers to who sees few customers and to who sees many."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest

from finpulse.identity.roles import Reach
from finpulse.kernel.access.keys import CAP

FEW = (Reach.NOTHING, Reach.OWN)
# Whether a row of another model is in a wide scope is asked of its customer, row by row.
CAP_OF_DEPENDENTS = 1_000


class OrderedWhereIndexed:
    """Who sees his own customers orders by any column; who sees many, by those in whose order an index leads."""

    indexed_columns: ClassVar[tuple[str, ...]] = ()

    def get_sortable_by(self, request: HttpRequest) -> Any:
        """Give the columns whose heads order the list."""
        return super().get_sortable_by(request) if _sees_few(request) else self.indexed_columns  # type: ignore[misc]


class OfCustomerList(OrderedWhereIndexed):
    """A list of what hangs on customers; counted less far for who sees many."""

    def get_cap(self, request: HttpRequest) -> int:
        """Give how far the list is counted and paged."""
        return CAP if _sees_few(request) else CAP_OF_DEPENDENTS


def _sees_few(request: HttpRequest) -> bool:
    return request.user.access.reach in FEW  # type: ignore[union-attr]
