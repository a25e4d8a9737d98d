"""Proposing, and taking back what one has proposed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from finpulse.kernel.errors import DomainError
from finpulse.kernel.proposals.kinds import proposal_kinds
from finpulse.kernel.proposals.models import WAITING, Proposal
from finpulse.kernel.proposals.telling import tell
from finpulse.kernel.registries import subjects

GONE = "What this was about is gone."


class ProposalMakeRefused(DomainError):
    """This may not be proposed, or not by this actor, or not now."""


class ProposalWithdrawRefused(DomainError):
    """This is not the actor's to withdraw, or decided already."""


@transaction.atomic
def proposal_make(
    *,
    kind: str,
    subject_id: int,
    payload: Mapping[str, Any],
    reason: str,
    actor: Any,
    effective_on: date | None = None,
) -> Proposal | None:
    """Propose a verb on a row. None when the bank asks for no second person here: then it is done.

    :raises ProposalMakeRefused: with a sentence fit for the screen.
    """
    of_kind = proposal_kinds.get(kind)
    subject = of_kind.lock(subject_id)
    if subject is None:
        raise ProposalMakeRefused(GONE)
    verdict = of_kind.may_propose(actor, subject, payload)
    if not verdict:
        raise ProposalMakeRefused(verdict.reason)
    if not reason.strip():
        raise ProposalMakeRefused("Say why: the reason is kept, and whoever decides reads it.")
    if effective_on is not None and effective_on < timezone.localdate():
        raise ProposalMakeRefused("The day is past. Choose today or later.")
    if kind in settings.DUAL_CONTROL_OFF:
        if effective_on is not None and effective_on > timezone.localdate():
            raise ProposalMakeRefused("This is done at once, since nobody has to approve it: leave the day out.")
        of_kind.apply(subject=subject, payload=payload, actor=actor, reason=reason.strip(), proposal=None)
        return None
    waiting = Proposal.objects.filter(WAITING, kind=kind, subject_type=of_kind.subject_type, subject_id=subject_id)
    if waiting.exists():
        raise ProposalMakeRefused("The same is proposed already and waits: decide or withdraw that first.")
    proposal = Proposal.objects.create(
        kind=kind,
        subject_type=of_kind.subject_type,
        subject_id=subject_id,
        payload=dict(payload),
        fingerprint=of_kind.fingerprint(subject, payload),
        reason=reason.strip()[:500],
        proposed_by=actor,
        effective_on=effective_on,
    )
    tell("made", proposal, actor=actor, subject=subject, reason=proposal.reason)
    return proposal


@transaction.atomic
def proposal_withdraw(*, proposal_id: int, actor: Any, reason: str = "") -> Proposal:
    """Take back what one has proposed, as long as it has not been applied.

    :raises ProposalWithdrawRefused: with a sentence fit for the screen.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal_id)
    if proposal.proposed_by_id != actor.pk:
        raise ProposalWithdrawRefused("Who proposed it withdraws it. You may refuse it.")
    if not proposal.waits:
        raise ProposalWithdrawRefused(f"It was {proposal.get_state_display()} already.")
    _withdraw(proposal, actor=actor, reason=reason)
    return proposal


@transaction.atomic
def proposals_withdraw_of(*, proposer: Any, actor: Any, reason: str) -> int:
    """Withdraw all that somebody who leaves has proposed and that waits. Gives how many."""
    rows = Proposal.objects.select_for_update(of=("self",)).filter(WAITING, proposed_by=proposer)
    proposals = list(rows.order_by("pk"))
    for proposal in proposals:
        _withdraw(proposal, actor=actor, reason=reason)
    return len(proposals)


def _withdraw(proposal: Proposal, *, actor: Any, reason: str) -> None:
    proposal.state, proposal.decided_at = Proposal.State.WITHDRAWN, timezone.now()
    proposal.decision_reason = reason.strip()[:500]
    columns = {name: getattr(proposal, name) for name in ("state", "decided_at", "decision_reason")}
    Proposal.objects.filter(pk=proposal.pk).update(**columns)
    model = subjects.get(proposal.subject_type).model
    subject = model._base_manager.filter(pk=proposal.subject_id).first()
    tell("withdrawn", proposal, actor=actor, subject=subject, reason=proposal.decision_reason)
