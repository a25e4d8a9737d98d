"""By which columns a list may be ordered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest

from finpulse.identity.roles import Reach


class OrderedWhereIndexed:
    """Who sees his own customers orders by any column; who sees many, by those in whose order an index leads."""

    indexed_columns: ClassVar[tuple[str, ...]] = ()

    def get_sortable_by(self, request: HttpRequest) -> Any:
        """Give the columns whose heads order the list."""
        few = request.user.access.reach in (Reach.NOTHING, Reach.OWN)  # type: ignore[union-attr]
        return super().get_sortable_by(request) if few else self.indexed_columns  # type: ignore[misc]
