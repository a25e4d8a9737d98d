"""Dual control: what one proposes another approves, and it is done in the transaction of the approval."""

from finpulse.kernel.proposals.kinds import Change, ProposalKind, fingerprint_of, proposal_kinds, subject_among
from finpulse.kernel.proposals.making import ProposalMakeRefused, proposal_make

__all__ = [
    "Change",
    "ProposalKind",
    "ProposalMakeRefused",
    "fingerprint_of",
    "proposal_kinds",
    "proposal_make",
    "subject_among",
]
