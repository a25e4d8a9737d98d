"""Giving a role a permission, or taking one from it: proposed by one, approved by another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from finpulse.identity import policies
from finpulse.identity.models import Role, User
from finpulse.identity.selectors.role_matrix import permission_in_words
from finpulse.identity.services.role_changes import role_change
from finpulse.kernel.access import NO, Verdict
from finpulse.kernel.proposals import Change, ProposalKind, fingerprint_of
from finpulse.kernel.proposals.models import Proposal

DECIDE = frozenset({"system_administrator", "compliance"})


class RolePermission(ProposalKind):
    """System administrators propose; another of them or compliance approves, never about a role that he holds."""

    name = "identity.role.change"
    label = "Permission of a role"
    subject_type = "identity.role"
    appointed = "another system administrator or somebody of compliance, who does not hold this role,"

    def may_propose(self, actor: Any, subject: Role, payload: Mapping[str, Any]) -> Verdict:
        """Within the limits of the role."""
        if "system_administrator" not in actor.access.roles:
            return NO("System administrators propose what a role may do.")
        return policies.may_change_role(actor, subject.name, payload["permission"], held=bool(payload["held"]))

    def may_approve(self, actor: Any, subject: Role, payload: Mapping[str, Any]) -> Verdict:
        """The limits are asked again when it is applied."""
        return policies.may_decide_role(actor, subject.name)

    def approvers(self, subject: Role) -> Iterable[User]:
        """Those two roles, unless it is the one to be changed."""
        return User.objects.at_work_as(*DECIDE - {subject.name})

    def fingerprint(self, subject: Role, payload: Mapping[str, Any]) -> str:
        """Other permissions of the role may change meanwhile."""
        return fingerprint_of(subject, "name")

    def diff(self, subject: Role, payload: Mapping[str, Any], viewer: Any) -> list[Change]:
        """The permission in words."""
        words = {True: "held", False: "not held"}
        held = bool(payload["held"])
        return [Change(f"{subject}: {permission_in_words(payload['permission'])}", words[not held], words[held])]

    def apply(
        self, *, subject: Role, payload: Mapping[str, Any], actor: Any, reason: str, proposal: Proposal | None
    ) -> None:
        """Change the role."""
        facts = {"permission": payload["permission"], "held": bool(payload["held"])}
        role_change(role=subject, actor=actor, reason=reason, **facts)

    def decided_by(self, user: Any) -> Q | None:
        """Those about roles that he does not hold, to who decides at all."""
        if not user.access.roles & DECIDE:
            return None
        own = Role.objects.filter(name__in=user.access.roles).values("pk")
        return ~Q(subject_id__in=own)
