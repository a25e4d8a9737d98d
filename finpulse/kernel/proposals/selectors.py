"""Proposals as the console shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from finpulse.kernel.proposals.kinds import Change, ProposalKind, proposal_kinds
from finpulse.kernel.proposals.models import WAITING, Proposal
from finpulse.kernel.registries import subjects

# Of each part of the page so many are listed.
MOST = 50


@dataclass(frozen=True)
class Line:
    """A proposal with the name of its kind and of its subject, read through the viewer's scope."""

    proposal: Proposal
    label: str
    subject: str


@dataclass(frozen=True)
class Shown:
    """One proposal with what it would change and what its viewer may do with it; each reason says why not."""

    proposal: Proposal
    kind: ProposalKind
    subject: Any
    subject_url: str
    changes: list[Change]
    may_approve: bool
    may_refuse: bool
    may_withdraw: bool
    why_not: str
    nobody_else: str


def proposals_waiting_for(user: Any) -> list[Line]:
    """Give what he is to decide, the oldest first."""
    return _lines(Proposal.objects.waiting_for(user).order_by("pk")[:MOST], user)


def proposals_of(user: Any) -> list[Line]:
    """Give what he has proposed and what waits, the latest first."""
    return _lines(Proposal.objects.visible_to(user).filter(WAITING, proposed_by=user.pk).order_by("-pk")[:MOST], user)


def proposals_with_others(user: Any) -> list[Line]:
    """Give what waits of all that he may see, for others to decide or for its day, the latest first."""
    rows = Proposal.objects.visible_to(user).filter(WAITING).exclude(proposed_by=user.pk)
    his = Proposal.objects.waiting_for(user).order_by().values("pk")
    return _lines(rows.exclude(pk__in=his).order_by("-pk")[:MOST], user)


def proposals_decided(user: Any) -> list[Line]:
    """Give what was decided of all that he may see, the latest first."""
    rows = Proposal.objects.visible_to(user).filter(decided_at__isnull=False)
    return _lines(rows.order_by("-decided_at", "-pk")[:MOST], user)


def proposals_named(keys: Iterable[int], user: Any) -> dict[int, Line]:
    """Give those of these that the user may see, by their ids."""
    return {line.proposal.pk: line for line in _lines(Proposal.objects.visible_to(user).filter(pk__in=keys), user)}


def proposal_shown(proposal_id: int, user: Any) -> Shown | None:
    """Give one proposal if its subject is in the user's scope, or None."""
    rows = Proposal.objects.visible_to(user).select_related("proposed_by", "decided_by")
    proposal = rows.filter(pk=proposal_id).first()
    if proposal is None:
        return None
    kind, about = proposal_kinds.get(proposal.kind), subjects.get(proposal.subject_type)
    subject = about.visible_to(user).filter(pk=proposal.subject_id).first()
    if subject is None:
        return None
    return Shown(
        proposal=proposal,
        kind=kind,
        subject=subject,
        subject_url=reverse(about.url_name, args=[subject.pk]),
        changes=kind.diff(subject, proposal.payload, user),
        **_verbs(proposal, kind, subject, user),
        nobody_else=nobody_else_approves(proposal, subject) if proposal.state == Proposal.State.OPEN else "",
    )


def nobody_else_approves(proposal: Proposal, subject: Any) -> str:
    """Say that nobody but who proposed it may approve it, and what to do; "" where somebody may."""
    kind = proposal_kinds.get(proposal.kind)
    others = [person for person in kind.approvers(subject) if person.pk != proposal.proposed_by_id]
    able = any(kind.may_approve(person, subject, proposal.payload) for person in others)
    return "" if able else _nobody(kind)


def nobody_else_would_approve(name: str, proposer: Any, subject: Any = None) -> str:
    """Say the same before it is proposed, by the roles that people have."""
    kind = proposal_kinds.get(name)
    if name in settings.DUAL_CONTROL_OFF or any(person.pk != proposer.pk for person in kind.approvers(subject)):
        return ""
    return _nobody(kind)


def _nobody(kind: ProposalKind) -> str:
    return f"Nobody else may approve this: {kind.appointed} has to be appointed."


def _verbs(proposal: Proposal, kind: ProposalKind, subject: Any, user: Any) -> dict[str, Any]:
    """Give what the viewer may do with it: its proposer withdraws it, another decides it."""
    if proposal.proposed_by_id == user.pk:
        return {"may_approve": False, "may_refuse": False, "may_withdraw": proposal.waits, "why_not": ""}
    is_open = proposal.state == Proposal.State.OPEN
    approves, refuses = (may(user, subject, proposal.payload) for may in (kind.may_approve, kind.may_refuse))
    return {
        "may_approve": is_open and bool(approves),
        "may_refuse": proposal.waits and bool(refuses),
        "may_withdraw": False,
        "why_not": approves.reason if is_open else "",
    }


def _lines(rows: QuerySet[Proposal], user: Any) -> list[Line]:
    proposals = list(rows.select_related("proposed_by", "decided_by"))
    names = {key: _names(key, proposals, user) for key in {row.subject_type for row in proposals}}
    return [
        Line(row, proposal_kinds.get(row.kind).label, names[row.subject_type].get(row.subject_id, "–"))
        for row in proposals
    ]


def _names(key: str, proposals: Iterable[Proposal], user: Any) -> dict[int, str]:
    wanted = {row.subject_id for row in proposals if row.subject_type == key}
    return {row.pk: str(row) for row in subjects.get(key).visible_to(user).filter(pk__in=wanted)}
