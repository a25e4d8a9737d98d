"""Putting the restricted flag on a customer, or taking it off, by two people of compliance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from crm import policies
from crm.models import Customer
from crm.services.restriction import customer_set_restricted
from finpulse.identity.models import User
from finpulse.kernel.access import Verdict
from finpulse.kernel.proposals import Change, ProposalKind, fingerprint_of
from finpulse.kernel.proposals.models import Proposal

_SEEN_BY = {
    True: "manager in charge, compliance, people on the need-to-know list",
    False: "manager in charge and who covers him, supervisors above, roles that see every customer",
}


class Restriction(ProposalKind):
    """The flag itself. A lifted flag opens the customer to all in whose scope he lies."""

    name = "crm.customer.restrict"
    label = "Restricted flag"
    subject_type = "crm.customer"
    appointed = "a second colleague of compliance"
    is_secret = True

    def may_propose(self, actor: Any, subject: Customer, payload: Mapping[str, Any]) -> Verdict:
        """Compliance does."""
        return policies.may_restrict(actor, subject, restricted=bool(payload["restricted"]))

    def may_approve(self, actor: Any, subject: Customer, payload: Mapping[str, Any]) -> Verdict:
        """Compliance does."""
        return policies.may_keep_restriction(actor, subject)

    def approvers(self, subject: Customer) -> Iterable[User]:
        """Compliance."""
        return User.objects.at_work_as("compliance")

    def fingerprint(self, subject: Customer, payload: Mapping[str, Any]) -> str:
        """Who has him in charge counts: he goes on seeing the customer."""
        return fingerprint_of(subject, "restricted", "manager", "unit")

    def diff(self, subject: Customer, payload: Mapping[str, Any], viewer: Any) -> list[Change]:
        """The flag, and who sees the customer then."""
        after = bool(payload["restricted"])
        words = {True: "yes", False: "no"}
        return [
            Change("Restricted", words[not after], words[after]),
            Change("Seen by", _SEEN_BY[not after], _SEEN_BY[after]),
        ]

    def apply(
        self, *, subject: Customer, payload: Mapping[str, Any], actor: Any, reason: str, proposal: Proposal | None
    ) -> None:
        """Set it."""
        customer_set_restricted(
            customer_id=subject.pk, restricted=bool(payload["restricted"]), actor=actor, reason=reason
        )

    def seen_by(self, user: Any) -> Q | None:
        """Compliance only: that a customer is to be restricted is itself not for others."""
        return super().seen_by(user) if "compliance" in user.access.roles else None
