"""Approving and refusing what somebody else has proposed, and applying it when its day has come."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from finpulse.kernel.errors import DomainError
from finpulse.kernel.proposals.kinds import ProposalKind, proposal_kinds
from finpulse.kernel.proposals.making import GONE
from finpulse.kernel.proposals.models import Proposal
from finpulse.kernel.proposals.telling import tell

State = Proposal.State
CHANGED = "What this was about has changed since it was proposed, so it has lapsed. Propose it again."
OWN = "Nobody decides his own proposal: a colleague does."


class ProposalDecideRefused(DomainError):
    """This is not to be decided, or not by this actor."""


class ProposalHasLapsed(DomainError):
    """It can be decided no longer; the proposal says so from now on, and nothing else has changed."""


def proposal_approve(*, proposal_id: int, actor: Any, reason: str = "") -> Proposal:
    """Approve it and, unless its day is to come, apply it: both or neither.

    :raises ProposalHasLapsed: when its subject is no longer as it was.
    :raises ProposalDecideRefused: with a sentence fit for the screen. What its verb refuses comes through as it is.
    """
    proposal = _approve(proposal_id, actor, reason)
    if proposal.state == State.LAPSED:
        # Raised after the commit, which keeps that it has lapsed.
        raise ProposalHasLapsed(proposal.decision_reason)
    return proposal


@transaction.atomic
def _approve(proposal_id: int, actor: Any, reason: str) -> Proposal:
    proposal, kind = _locked(proposal_id)
    _check_decidable(proposal, actor)
    if proposal.state != State.OPEN:
        raise ProposalDecideRefused(_decided(proposal))
    subject = kind.lock(proposal.subject_id)
    if subject is None:
        return _lapse(proposal, GONE, actor=actor, subject=None)
    verdict = kind.may_approve(actor, subject, proposal.payload)
    if not verdict:
        raise ProposalDecideRefused(verdict.reason)
    if kind.fingerprint(subject, proposal.payload) != proposal.fingerprint:
        return _lapse(proposal, CHANGED, actor=actor, subject=subject)
    _set(proposal, state=State.APPROVED, decided_by=actor, decided_at=timezone.now(), decision_reason=reason[:500])
    tell("approved", proposal, actor=actor, subject=subject, reason=reason)
    if proposal.effective_on is None or proposal.effective_on <= timezone.localdate():
        _apply(kind, proposal, subject)
    return proposal


@transaction.atomic
def proposal_refuse(*, proposal_id: int, actor: Any, reason: str) -> Proposal:
    """Refuse it, also once it is approved, as long as it has not been applied.

    :raises ProposalDecideRefused: with a sentence fit for the screen.
    """
    proposal, kind = _locked(proposal_id)
    _check_decidable(proposal, actor)
    if not reason.strip():
        raise ProposalDecideRefused("Say why you refuse it: who proposed it reads that.")
    subject = kind.lock(proposal.subject_id)
    verdict = subject is None or kind.may_refuse(actor, subject, proposal.payload)
    if not verdict:
        raise ProposalDecideRefused(verdict.reason)
    reason = reason.strip()[:500]
    _set(proposal, state=State.REFUSED, decided_by=actor, decided_at=timezone.now(), decision_reason=reason)
    tell("refused", proposal, actor=actor, subject=subject, reason=reason)
    return proposal


def proposals_apply_due(*, today: date) -> int:
    """Apply what is approved and whose day has come, each in a transaction of its own. Gives how many were applied.

    Each is judged again: whoever approved it still may, and its subject is as it was; otherwise it lapses.
    """
    due = Proposal.objects.filter(state=State.APPROVED, applied_at__isnull=True, effective_on__lte=today)
    return sum(_apply_due(key) for key in due.order_by("effective_on", "pk").values_list("pk", flat=True))


@transaction.atomic
def _apply_due(proposal_id: int) -> bool:
    rows = Proposal.objects.select_for_update(of=("self",), skip_locked=True)
    proposal = rows.filter(pk=proposal_id, state=State.APPROVED, applied_at__isnull=True).first()
    if proposal is None or proposal.kind not in proposal_kinds:
        return False
    kind = proposal_kinds.get(proposal.kind)
    subject = kind.lock(proposal.subject_id)
    if why := _why_not_any_more(kind, proposal, subject):
        _lapse(proposal, why, actor=None, subject=subject)
        return False
    try:
        with transaction.atomic():
            _apply(kind, proposal, subject)
    except DomainError as refusal:
        _lapse(proposal, str(refusal), actor=None, subject=subject)
        return False
    return True


def _why_not_any_more(kind: ProposalKind, proposal: Proposal, subject: Any) -> str:
    if subject is None:
        return GONE
    verdict = kind.may_approve(proposal.decided_by, subject, proposal.payload)
    if not verdict:
        return f"When its day came, who approved it might do so no longer. {verdict.reason}"
    return "" if kind.fingerprint(subject, proposal.payload) == proposal.fingerprint else CHANGED


def _apply(kind: ProposalKind, proposal: Proposal, subject: Any) -> None:
    actor = proposal.decided_by
    _set(proposal, applied_at=timezone.now())
    kind.apply(subject=subject, payload=proposal.payload, actor=actor, reason=proposal.reason, proposal=proposal)
    tell("applied", proposal, actor=actor, subject=subject, reason=proposal.reason)


def _locked(proposal_id: int) -> tuple[Proposal, ProposalKind]:
    # Nothing is joined: whoever waited for the lock would be given the row as it is and the joined one as it was.
    proposal: Proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal_id)
    return proposal, proposal_kinds.get(proposal.kind)


def _check_decidable(proposal: Proposal, actor: Any) -> None:
    if not proposal.waits:
        raise ProposalDecideRefused(_decided(proposal))
    if proposal.proposed_by_id == actor.pk:
        raise ProposalDecideRefused(OWN)


def _decided(proposal: Proposal) -> str:
    by = f" by {proposal.decided_by}" if proposal.decided_by else ""
    return f"It was {proposal.get_state_display()} already{by}."


def _lapse(proposal: Proposal, why: str, *, actor: Any, subject: Any) -> Proposal:
    _set(proposal, state=State.LAPSED, decided_at=timezone.now(), decision_reason=why[:500])
    tell("lapsed", proposal, actor=actor, subject=subject, reason=why)
    return proposal


def _set(proposal: Proposal, **values: Any) -> None:
    for name, value in values.items():
        setattr(proposal, name, value)
    Proposal.objects.filter(pk=proposal.pk).update(**values)
