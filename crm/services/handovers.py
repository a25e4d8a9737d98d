"""Handing customers over: proposed with a frozen list, moved in one transaction once another approves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from crm import policies
from crm.models import Customer, Handover, HandoverCustomer
from crm.services.charge import charge_move, check_capacity
from finpulse.audit.services import record
from finpulse.identity.models import User
from finpulse.kernel.bulk import Outcome, check_many
from finpulse.kernel.errors import DomainError
from finpulse.kernel.proposals import proposal_make
from finpulse.kernel.proposals.models import Proposal

KIND = "crm.handover"
HANDED_OVER = "crm.customer.handed_over"


class HandoverRefused(DomainError):
    """These customers may not go to this manager, or not by this actor."""


@transaction.atomic
def handover_propose(
    *, customer_ids: Sequence[int], to_manager: User, actor: User, reason: str, effective_on: date | None = None
) -> Outcome:
    """Propose that customers go to another manager; the list is frozen as it is. Those he has already are left.

    :raises HandoverRefused: when there is nothing to hand over, or somebody of the list is not the actor's to move.
    :raises ManagerIsFull: for more than he may have as it is; it is asked again when they are moved.
    """
    check_many(customer_ids)
    customers = list(Customer.objects.visible_to(actor).filter(pk__in=customer_ids).order_by("pk"))
    policies.ask_scope_together(actor, customers)
    able = [row for row in customers if policies.may_hand_over(actor, row) and row.manager_id != to_manager.pk]
    already = sum(row.manager_id == to_manager.pk for row in customers)
    if not able:
        raise HandoverRefused("There is nothing to hand over: choose customers whom you may move and he has not yet.")
    check_capacity(manager=to_manager, more=sum(not row.restricted for row in able), actor=actor)
    handover = Handover.objects.create(to_manager=to_manager, made_by=actor)
    HandoverCustomer.objects.bulk_create(
        HandoverCustomer(handover=handover, customer=row, from_manager_id=row.manager_id) for row in able
    )
    record("crm.handover.made", actor=actor, subject=handover, detail={"to": to_manager.pk, "customers": len(able)})
    proposal = proposal_make(
        kind=KIND, subject_id=handover.pk, payload={}, reason=reason, actor=actor, effective_on=effective_on
    )
    refused = len(set(customer_ids)) - len(able) - already
    return Outcome(len(able), already=already, refused=refused, proposal_id=proposal.pk if proposal else None)


@transaction.atomic
def handover_carry_out(*, handover_id: int, actor: User, reason: str, proposal: Proposal | None = None) -> int:
    """Move all customers of a handover in one transaction, their open tasks and unread alerts with them.

    All or none: who has been moved meanwhile stops the whole. Gives how many.

    :raises HandoverRefused: then, or when the receiver may not have them. :raises ManagerIsFull: for too many.
    """
    handover: Handover = Handover.objects.select_for_update(of=("self",)).get(pk=handover_id)
    receiver = handover.to_manager
    verdict = policies.may_take_charge(receiver)
    if not verdict:
        raise HandoverRefused(verdict.reason)
    had = dict(handover.listed.values_list("customer", "from_manager"))
    customers = list(Customer.objects.select_for_update(no_key=True).filter(pk__in=had).order_by("pk"))
    if any(row.manager_id != had[row.pk] for row in customers):
        raise HandoverRefused("Some of these customers have another manager by now. Propose it again.")
    check_capacity(manager=receiver, more=sum(not row.restricted for row in customers), actor=actor)
    charge_move(
        customers=customers, to_manager=receiver, actor=actor, verb=HANDED_OVER, reason=reason, proposal=proposal
    )
    return len(customers)
