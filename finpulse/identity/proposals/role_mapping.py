"""What a value of the provider's claim gives, by two people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from finpulse.identity import policies
from finpulse.identity.models import ClaimMapping, Unit, User
from finpulse.identity.roles import ROLES
from finpulse.identity.selectors.claims import people_claimed
from finpulse.identity.services import claim_mapping_set
from finpulse.identity.services.claim_mappings import PROPOSAL
from finpulse.kernel.access import NO, Verdict
from finpulse.kernel.proposals import Change, ProposalKind, fingerprint_of
from finpulse.kernel.proposals.models import Proposal

NOTHING = "nothing"
MOST_NAMED = 10


class RoleMapping(ProposalKind):
    """What a value of the provider's claim gives. Roles follow at each person's next sign-in."""

    name = PROPOSAL
    label = "Role mapping"
    subject_type = "identity.claimmapping"
    appointed = "another system administrator or somebody of compliance"

    def may_propose(self, actor: Any, subject: ClaimMapping, payload: Mapping[str, Any]) -> Verdict:
        """A system administrator does, where it would change something."""
        if not policies.fits(subject, role=payload["role"], unit_id=payload["unit"]):
            return NO(f"A value of the {subject.get_kind_display()} claim cannot give this.")
        if (subject.role, subject.unit_id) == (payload["role"], payload["unit"]):
            return NO(f"{subject.value} gives {subject.gives or NOTHING} already.")
        return policies.may_propose_mappings(actor)

    def may_approve(self, actor: Any, subject: ClaimMapping, payload: Mapping[str, Any]) -> Verdict:
        """Another system administrator does, or compliance."""
        return policies.may_approve_mappings(actor)

    def approvers(self, subject: ClaimMapping | None) -> Iterable[User]:
        """Those two roles."""
        return User.objects.at_work_as("system_administrator", "compliance")

    def fingerprint(self, subject: ClaimMapping, payload: Mapping[str, Any]) -> str:
        """What it gives."""
        return fingerprint_of(subject, "role", "unit")

    def diff(self, subject: ClaimMapping, payload: Mapping[str, Any], viewer: Any) -> list[Change]:
        """What it gives, and to whom at the next sign-in."""
        people = people_claimed(subject).order_by("username")
        count = people.count()
        named = [str(user) for user in people[:MOST_NAMED]] if viewer.has_perm("identity.view_user") else []
        who = ", ".join([*named, *([f"{count - len(named)} more"] if named and count > len(named) else [])])
        return [
            Change(
                f"{subject.get_kind_display().capitalize()} by {subject.value}",
                _words(payload["was"]),
                _words(payload),
            ),
            Change("At the next sign-in of", "–", who or f"{count} {'person' if count == 1 else 'people'}"),
        ]

    def apply(
        self, *, subject: ClaimMapping, payload: Mapping[str, Any], actor: Any, reason: str, proposal: Proposal | None
    ) -> None:
        """Set it."""
        claim_mapping_set(
            claim_mapping_id=subject.pk, role=payload["role"], unit_id=payload["unit"], actor=actor, reason=reason
        )


def _words(payload: Mapping[str, Any]) -> str:
    if payload["role"]:
        return ROLES[payload["role"]].label
    unit = Unit.objects.filter(pk=payload["unit"]).first() if payload["unit"] else None
    return str(unit) if unit is not None else NOTHING
