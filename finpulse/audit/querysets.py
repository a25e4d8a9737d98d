"""Events, narrowed so that an index answers."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import Q, QuerySet


class AuditEventQuerySet(QuerySet[Any]):
    """Events of the trail."""

    # Conditions of which an event fulfils one, each answered by an index of its own (finpulse.kernel.access.keys).
    arms: tuple[Q, ...] = ()

    def about(self, *subjects: Q) -> Self:
        """Narrow to events about any of these subjects, of which no event has two."""
        narrowed = self.filter(reduce(or_, subjects))
        narrowed.arms = subjects
        return narrowed

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]  # the stubs do not know it
        clone.arms = self.arms
        return clone
