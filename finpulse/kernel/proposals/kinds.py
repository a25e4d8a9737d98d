"""What an app says of a verb that needs two people. Registered in its wiring under the kind's name."""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from finpulse.kernel.access import Verdict
from finpulse.kernel.registries import Registry, subjects

if TYPE_CHECKING:
    from finpulse.kernel.proposals.models import Proposal


@dataclass(frozen=True)
class Change:
    """A line of a diff, in words."""

    label: str
    before: str
    after: str


class ProposalKind(ABC):
    """A verb on a row of `subject_type`, a key of the subjects registry. `label` is its name on screen.

    `appointed` says who has to be appointed where nobody but the proposer may approve it.

    Verdicts are asked as whoever acts, his scope included, each time anew: when it is proposed, when it is decided and
    when it is applied.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    subject_type: ClassVar[str]
    appointed: ClassVar[str]
    # Whether the trail tells of such proposals only to who reads all of it.
    is_secret: ClassVar[bool] = False

    @abstractmethod
    def may_propose(self, actor: Any, subject: Any, payload: Mapping[str, Any]) -> Verdict:
        """Judge who proposes."""

    @abstractmethod
    def may_approve(self, actor: Any, subject: Any, payload: Mapping[str, Any]) -> Verdict:
        """Judge who approves; that he is not the proposer is the kernel's part."""

    @abstractmethod
    def approvers(self, subject: Any) -> Iterable[Any]:
        """Give the few whose roles may approve it, without a subject too where that does not count."""

    def may_refuse(self, actor: Any, subject: Any, payload: Mapping[str, Any]) -> Verdict:
        """Judge who refuses: whoever may approve, unless the kind names more."""
        return self.may_approve(actor, subject, payload)

    @abstractmethod
    def fingerprint(self, subject: Any, payload: Mapping[str, Any]) -> str:
        """Give the state of the subject on which the proposal stands (see `fingerprint_of`)."""

    @abstractmethod
    def diff(self, subject: Any, payload: Mapping[str, Any], viewer: Any) -> list[Change]:
        """Say what would change, through the viewer's own rights: what he may not see is not named."""

    @abstractmethod
    def apply(
        self, *, subject: Any, payload: Mapping[str, Any], actor: Any, reason: str, proposal: Proposal | None
    ) -> None:
        """Run the ONE service of the verb, in the caller's transaction; no proposal where the bank asks for none.

        `actor` is who approved. :raises DomainError: to refuse; the proposal then stays as it was.
        """

    def seen_by(self, user: Any) -> Q | None:
        """Give the condition on proposals of this kind that the user may see; None for none."""
        return subject_among(subjects.get(self.subject_type).visible_to(user))

    def decided_by(self, user: Any) -> Q | None:
        """Give the condition on those that he may decide, for lists and counts; the verdict has the last word."""
        return self.seen_by(user)

    def lock(self, subject_id: int) -> Any:
        """Give the subject, locked, or None when it is gone."""
        rows = subjects.get(self.subject_type).model._base_manager
        return rows.select_for_update(no_key=True, of=("self",)).filter(pk=subject_id).first()


def subject_among(rows: QuerySet[Any]) -> Q:
    """Give the condition that a proposal's subject is one of these rows.

    Asked proposal by proposal, as one value for one row: as a set the planner would gather a wide scope whole, and the
    navigation asks on every page.
    """
    return Q(subject_id=Subquery(rows.order_by().filter(pk=OuterRef("subject_id")).values("pk")[:1]))


def fingerprint_of(subject: Model, *columns: str) -> str:
    """Give a fingerprint of these columns of a row."""
    facts = [str(subject.serializable_value(column)) for column in columns]
    return hashlib.sha256(json.dumps([subject._meta.label_lower, subject.pk, facts]).encode()).hexdigest()


proposal_kinds: Registry[ProposalKind] = Registry()
