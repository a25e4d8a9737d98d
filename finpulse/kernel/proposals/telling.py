"""What becomes of proposals, told to who hears: the trail, and whoever follows his own."""

from __future__ import annotations

from typing import Any

from finpulse.kernel.proposals.models import Proposal
from finpulse.kernel.signals import proposal_told


def tell(verb: str, proposal: Proposal, *, actor: Any, subject: Any, reason: str = "") -> None:
    """Tell in the transaction of the change. `verb` is its past tense; the subject may be gone."""
    about = proposal if subject is None else subject
    proposal_told.send(sender=Proposal, verb=verb, proposal=proposal, actor=actor, subject=about, reason=reason)
