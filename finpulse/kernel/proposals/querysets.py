"""Which proposals somebody may see, and which wait for him."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import Q, QuerySet

from finpulse.kernel.proposals.kinds import ProposalKind, proposal_kinds


class ProposalQuerySet(QuerySet[Any]):
    """Proposals. Of which somebody hears, the kind of each says; of any other kind nobody does."""

    def visible_to(self, user: Any) -> Self:
        """Those whose subject he may see, by a role that has part in such proposals."""
        if not user.has_perm("kernel.view_proposal"):
            return self.none()
        return self._asked(lambda kind: kind.seen_by(user))

    def waiting_for(self, user: Any) -> Self:
        """Open ones of others that he may decide, as far as their subjects can tell."""
        return self.filter(state="OPEN").exclude(proposed_by=user.pk)._asked(lambda kind: kind.decided_by(user))

    def _asked(self, question: Callable[[ProposalKind], Q | None]) -> Self:
        answers = [(name, question(kind)) for name, kind in proposal_kinds.items()]
        told = [Q(kind=name) & answer for name, answer in answers if answer is not None]
        return self.filter(reduce(or_, told)) if told else self.none()
