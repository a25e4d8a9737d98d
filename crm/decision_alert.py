"""Who proposed something is told what became of it: that it was approved, refused and why, or has lapsed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.formats import date_format

from finpulse.identity.models import User
from finpulse.kernel.proposals.models import Proposal
from finpulse.kernel.proposals.selectors import Line, proposals_named
from notifications.alert_kinds import AlertKind, DueAlert, Notice, Row
from notifications.models import Message

State = Proposal.State
# What was decided while no scan ran is still told.
TOLD_AFTER = timedelta(days=7)
_TITLES = {
    State.APPROVED: "Your proposal was approved",
    State.REFUSED: "Your proposal was refused",
    State.LAPSED: "Your proposal has lapsed",
}


class DecisionAlert(AlertKind):
    """To the proposer, in the console: it leads to the proposal."""

    name = "decision"
    label = "Approvals"

    def due(self, now: datetime) -> Iterator[DueAlert]:
        """Give one for each decision; one that is approved and lapses before its day has two."""
        decided = Proposal.objects.filter(decided_at__gt=now - TOLD_AFTER, state__in=_TITLES).order_by("pk")
        rows: Any = decided.values_list("pk", "state", "decided_at")
        for key, state, decided_at in rows.iterator():
            yield DueAlert(
                event=f"{key}:{state}",
                recipient_role="proposer",
                due_at=decided_at,
                late=now - decided_at > timedelta(hours=1),
                subject=Row("kernel.proposal", key),
                scope=Row("kernel.proposal", key),
                context={"state": state},
                channels=(Message.Channel.IN_APP,),
            )

    def is_due(self, message: Message) -> bool:
        """As long as that is what has become of it."""
        return Proposal.objects.filter(pk=message.subject_id or 0, state=message.context["state"]).exists()

    def recipient(self, message: Message) -> User | None:
        """Give who proposed it, while he works here and may see it."""
        told = Proposal.objects.filter(pk=message.subject_id or 0)
        proposers = told.values("proposed_by")
        user: User | None = User.objects.with_access().filter(pk__in=proposers, is_active=True).first()
        return user if user is not None and told.visible_to(user).exists() else None

    def notices(self, messages: Sequence[Message]) -> dict[int, Notice]:
        """Word them through the rights of their readers, who are one on a page."""
        keys = {message.subject_id or 0 for message in messages}
        readers = User.objects.with_access().filter(pk__in={message.recipient_id for message in messages})
        lines = {reader.pk: proposals_named(keys, reader) for reader in readers}
        found = [(message, lines.get(message.recipient_id, {}).get(message.subject_id or 0)) for message in messages]
        return {message.pk: _notice(line, message.context["state"]) for message, line in found if line is not None}


def _notice(line: Line, state: str) -> Notice:
    proposal = line.proposal
    facts = [("What", line.label), ("About", line.subject), ("Decided by", str(proposal.decided_by or "FinPulse"))]
    still = proposal.state == state
    if still and proposal.decision_reason:
        facts.append(("Reason", proposal.decision_reason))
    title = _TITLES[State(state)]
    if still and proposal.waits and proposal.effective_on:
        title = f"{title}; it is done on {date_format(proposal.effective_on, 'j F Y')}"
    said = proposal.decision_reason if still else ""
    return Notice(title=title, about=f"{line.label}: {line.subject}", said=said, facts=tuple(facts))
