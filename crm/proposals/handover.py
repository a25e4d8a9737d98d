"""Customers that go from their managers to another, approved where they go to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet

from crm import policies
from crm.alerts import supervisors_above
from crm.models import Customer, Handover, HandoverCustomer
from crm.selectors.charge import in_waiting_handovers
from crm.services.handovers import KIND, handover_carry_out
from finpulse.identity.models import User
from finpulse.kernel.access import Verdict
from finpulse.kernel.admin.bulk.verb import counted
from finpulse.kernel.proposals import Change, ProposalKind, subject_among
from finpulse.kernel.proposals.models import Proposal

NAMED = 12
FIRST_DONE = "Whichever is done first makes the other lapse."


class HandingOver(ProposalKind):
    """The list is frozen: whoever of it gets another manager meanwhile makes the whole lapse."""

    name = KIND
    label = "Handover"
    subject_type = "crm.handover"
    appointed = "another supervisor of the receiving unit, or an administrator where all stay in their unit,"

    def may_propose(self, actor: Any, subject: Handover, payload: Mapping[str, Any]) -> Verdict:
        """Whoever assigns these customers, to somebody who may have them."""
        return policies.may_propose_handover(actor, subject)

    def may_approve(self, actor: Any, subject: Handover, payload: Mapping[str, Any]) -> Verdict:
        """The receiving unit's supervisor; within the unit an administrator too."""
        return policies.may_approve_handover(actor, subject)

    def approvers(self, subject: Handover) -> Iterable[User]:
        """The supervisors above the receiver, then the roles that may besides; the verdict says of which handovers."""
        if subject.to_manager.unit is not None:
            yield from supervisors_above(subject.to_manager.unit)
        yield from User.objects.at_work_as("administrator", "compliance")

    def may_refuse(self, actor: Any, subject: Handover, payload: Mapping[str, Any]) -> Verdict:
        """The receiver too."""
        return policies.may_refuse_handover(actor, subject)

    def lock(self, subject_id: int) -> Handover | None:
        """Lock the customers along, in the order of their keys: they are part of what is judged."""
        handover: Handover | None = super().lock(subject_id)
        if handover is not None:
            listed = HandoverCustomer.objects.filter(handover=handover).values("customer")
            rows = Customer.objects.select_for_update(no_key=True).filter(pk__in=listed).order_by("pk")
            list(rows.values_list("pk", flat=True))
        return handover

    def fingerprint(self, subject: Handover, payload: Mapping[str, Any]) -> str:
        """Who has each customer in charge, and whether he is restricted."""
        rows = HandoverCustomer.objects.filter(handover=subject).order_by("customer")
        facts = [list(row) for row in rows.values_list("customer", "customer__manager", "customer__restricted")]
        return hashlib.sha256(json.dumps([subject.to_manager_id, facts]).encode()).hexdigest()

    def diff(self, subject: Handover, payload: Mapping[str, Any], viewer: Any) -> list[Change]:
        """From whom how many go, and who they are as far as the viewer sees them."""
        told = _told_of(subject, viewer)
        counts = told.values("from_manager", "from_manager__first_name", "from_manager__last_name")
        lines = [
            Change(counted(line["number"], "customer", "customers"), _name(line), str(subject.to_manager))
            for line in counts.annotate(number=Count("pk")).order_by("from_manager")
        ]
        listed, more = _named(told, viewer)
        lines.append(Change("Who goes", listed, f"and {more} more" if more else "these are all"))
        waiting = in_waiting_handovers(told.values("customer"))
        if waiting.filter(handover=subject).exists():
            twice = told.filter(customer__in=waiting.exclude(handover=subject).values("customer"))
            listed, more = _named(twice, viewer)
            also = f"{listed} and {more} more" if more else listed
            lines += [Change("In another handover that waits", also, FIRST_DONE)] if twice else []
        return lines

    def apply(
        self, *, subject: Handover, payload: Mapping[str, Any], actor: Any, reason: str, proposal: Proposal | None
    ) -> None:
        """Move them."""
        handover_carry_out(handover_id=subject.pk, actor=actor, reason=reason, proposal=proposal)

    def decided_by(self, user: Any) -> Q | None:
        """Those that he may approve, or refuse as their receiver."""
        return subject_among(Handover.objects.decided_by(user))


def _told_of(handover: Handover, viewer: Any) -> QuerySet[HandoverCustomer]:
    """Give the customers of whose number the viewer may know: restricted ones only if he sees them."""
    rows: QuerySet[HandoverCustomer] = HandoverCustomer.objects.filter(handover=handover)
    return rows.filter(Q(customer__restricted=False) | Q(customer__in=Customer.objects.visible_to(viewer)))


def _named(listed: QuerySet[HandoverCustomer], viewer: Any) -> tuple[str, int]:
    """Name the first of those whom the viewer sees, and give how many more there are."""
    rows = Customer.objects.visible_to(viewer).filter(pk__in=listed.values("customer")).order_by("sort_name", "pk")
    names = [customer.name for customer in rows.defer("national_id", "tax_id", "search_text")[:NAMED]]
    return ", ".join(names) or "nobody whom you see", listed.count() - len(names)


def _name(line: Mapping[str, Any]) -> str:
    if line["from_manager"] is None:
        return "nobody"
    return f"{line['from_manager__first_name']} {line['from_manager__last_name']}".strip() or "a colleague"
