"""Assigning customers, and proposing to hand them over: chosen on the list by its filters, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from crm import policies
from crm.models import Customer
from crm.proposals.handover import FIRST_DONE, NAMED
from crm.selectors.charge import in_waiting_handovers
from crm.services import customers_assign, handover_propose
from finpulse.identity.models import User
from finpulse.identity.person_field import PersonField, fields_are_of
from finpulse.kernel.access import Verdict
from finpulse.kernel.admin.bulk import BulkVerb
from finpulse.kernel.admin.bulk.verb import counted
from finpulse.kernel.bulk import Outcome
from finpulse.kernel.proposals.models import Proposal
from finpulse.kernel.proposals.words import with_way_to


class AssignForm(forms.Form):
    """To whom and why."""

    to_manager = PersonField(
        label="To", charge=True, near=True, autofocus=True, beyond="To another unit customers are handed over."
    )
    reason = forms.CharField(label="Why", max_length=500)

    def __init__(self, actor: User, *args: Any, **kwargs: Any) -> None:
        """Know who asks."""
        super().__init__(*args, **kwargs)
        fields_are_of(self, actor)


class HandoverForm(AssignForm):
    """The same, to a manager of any unit, and from which day on."""

    to_manager = PersonField(label="To", charge=True, autofocus=True)
    effective_on = forms.DateField(
        label="Effective on",
        required=False,
        help_text="Empty: as soon as it is approved.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ChargeVerb(BulkVerb):
    """A verb whose form names a colleague."""

    def make_form(self, actor: Any, data: Any) -> forms.Form | None:
        """Say to the form who asks."""
        return self.form(actor, data) if self.form else None


class CustomersAssign(ChargeVerb):
    """Give unassigned customers their manager."""

    name, label, permission = "assign", "Assign", "crm.add_assignment"
    done_words, already_words = "assigned", "assigned already"
    form = AssignForm

    def question(self, count: int) -> str:
        """How many."""
        return f"Assign {counted(count, 'customer', 'customers')}"

    def verdicts(self, actor: Any, rows: Sequence[Customer]) -> list[Verdict]:
        """Unassigned ones, by a supervisor of their unit or an administrator."""
        policies.ask_scope_together(actor, rows)
        return [policies.may_assign(actor, row) for row in rows]

    def do(self, *, keys: list[int], actor: Any, facts: dict[str, Any]) -> Outcome:
        """Assign them."""
        return customers_assign(customer_ids=keys, actor=actor, **facts)


class CustomersHandOver(ChargeVerb):
    """Propose that they go to another manager."""

    name, label, permission = "handover", "Propose a handover", "crm.add_handover"
    done_words = "handed over"
    already_words = "in his charge already"
    form = HandoverForm

    def question(self, count: int) -> str:
        """How many."""
        return f"Propose to hand {counted(count, 'customer', 'customers')} over"

    def verdicts(self, actor: Any, rows: Sequence[Customer]) -> list[Verdict]:
        """Whoever assigns them."""
        policies.ask_scope_together(actor, rows)
        return [policies.may_hand_over(actor, row) for row in rows]

    def hints(self, rows: Sequence[Customer]) -> list[str]:
        """Who stands in another already."""
        keys = {row.pk for row in rows}
        twice = set(in_waiting_handovers(keys).values_list("customer", flat=True))
        names = [row.name for row in rows if row.pk in twice]
        listed = ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
        return [f"In another handover that waits already: {listed}. {FIRST_DONE}"] if names else []

    def do(self, *, keys: list[int], actor: Any, facts: dict[str, Any]) -> Outcome:
        """Freeze the list and propose it."""
        return handover_propose(customer_ids=keys, actor=actor, **facts)

    def words_of(self, outcome: Outcome) -> str:
        """Nothing has moved where it is only proposed."""
        proposed = "proposed to be handed over: another decides it, and nothing has moved yet"
        return proposed if outcome.proposal_id else self.done_words

    def told(self, outcome: Outcome) -> str:
        """With the way to the proposal."""
        told = super().told(outcome)
        proposal = Proposal.objects.filter(pk=outcome.proposal_id or 0).first()
        return with_way_to(proposal, told) if proposal else told
