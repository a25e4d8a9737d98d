"""What one proposes another approves: refused with a sentence wherever that is not so, and then nothing has changed."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from crm.models import Customer
from crm.services import customer_set_restricted
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import User
from finpulse.identity.services import user_set_roles
from finpulse.kernel.errors import DomainError
from finpulse.kernel.models import Proposal
from finpulse.kernel.proposals import ProposalMakeRefused, proposal_kinds, proposal_make
from finpulse.kernel.proposals.deciding import (
    ProposalDecideRefused,
    ProposalHasLapsed,
    proposal_approve,
    proposal_refuse,
    proposals_apply_due,
)
from finpulse.kernel.proposals.making import ProposalWithdrawRefused, proposal_withdraw, proposals_withdraw_of

DAY = timedelta(days=1)


def restrict(customer, actor, **facts):
    facts = {"payload": {"restricted": True}, "reason": "A public figure."} | facts
    return proposal_make(kind="crm.customer.restrict", subject_id=customer.pk, actor=actor, **facts)


def is_restricted(customer):
    return Customer.objects.get(pk=customer.pk).restricted


def told(proposal):
    """What the trail says of it, in order."""
    events = AuditEvent.objects.filter(verb__startswith="kernel.proposal.", detail__proposal=proposal.pk)
    return [event.verb.rpartition(".")[2] for event in events.order_by("pk")]


def test_what_is_approved_by_another_is_done_in_the_same_transaction(bank, people, greta):
    proposal = restrict(bank.own, people.grace)
    assert not is_restricted(bank.own)
    proposal_approve(proposal_id=proposal.pk, actor=greta)
    assert is_restricted(bank.own)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("APPROVED", greta)
    assert told(proposal) == ["made", "approved", "applied"]
    done = AuditEvent.objects.get(verb="crm.customer.restricted")
    assert (done.actor, done.subject_id, done.reason) == (greta, bank.own.pk, "A public figure.")


def test_nobody_decides_his_own(bank, people):
    proposal = restrict(bank.own, people.grace)
    for verb in (proposal_approve, proposal_refuse):
        with pytest.raises(ProposalDecideRefused, match="his own proposal"):
            verb(proposal_id=proposal.pk, actor=people.grace, reason="Right.")
    assert Proposal.objects.get(pk=proposal.pk).state == "OPEN"
    assert not is_restricted(bank.own)


def test_the_database_refuses_that_too(bank, people):
    proposal = restrict(bank.own, people.grace)
    decided = {"state": "APPROVED", "decided_by": people.grace, "decided_at": timezone.now()}
    with pytest.raises(IntegrityError, match="decided_by_another"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(**decided)
    with pytest.raises(IntegrityError, match="decided_by_somebody"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(**(decided | {"decided_by": None}))
    with pytest.raises(IntegrityError, match="one_waits"), transaction.atomic():
        Proposal.objects.create(
            kind=proposal.kind, subject_type=proposal.subject_type, subject_id=bank.own.pk, proposed_by=people.grace
        )


def test_what_is_approved_is_not_approved_again(bank, people, greta):
    proposal = restrict(bank.own, people.grace)
    proposal_approve(proposal_id=proposal.pk, actor=greta)
    with pytest.raises(ProposalDecideRefused, match="approved already by Greta"):
        proposal_approve(proposal_id=proposal.pk, actor=greta)
    assert told(proposal).count("applied") == 1


def test_it_lapses_once_its_subject_has_changed(bank, people, greta):
    proposal = restrict(bank.own, people.grace)
    Customer.objects.filter(pk=bank.own.pk).update(manager=people.bob)
    with pytest.raises(ProposalHasLapsed, match="Propose it again"):
        proposal_approve(proposal_id=proposal.pk, actor=greta)
    assert Proposal.objects.get(pk=proposal.pk).state == "LAPSED"
    assert not is_restricted(bank.own)
    assert told(proposal) == ["made", "lapsed"]
    assert restrict(bank.own, people.grace).pk != proposal.pk


@pytest.mark.parametrize("username", ["alice", "dana", "erin", "frank", "heidi", "script"])
def test_who_has_no_part_in_it_neither_proposes_nor_decides(username, bank, people):
    with pytest.raises(ProposalMakeRefused):
        restrict(bank.own, getattr(people, username))
    proposal = restrict(bank.own, people.grace)
    for verb in (proposal_approve, proposal_refuse):
        with pytest.raises(ProposalDecideRefused):
            verb(proposal_id=proposal.pk, actor=getattr(people, username), reason="Right.")
    assert Proposal.objects.get(pk=proposal.pk).state == "OPEN"


def test_who_has_lost_the_role_since_approves_nothing(bank, people, greta):
    proposal = restrict(bank.own, people.grace)
    user_set_roles(user=greta, names=["auditor"], actor=None, reason="a test")
    with pytest.raises(ProposalDecideRefused, match="Compliance decides"):
        proposal_approve(proposal_id=proposal.pk, actor=User.objects.get(pk=greta.pk))


def test_the_same_is_not_proposed_twice_nor_without_a_reason_nor_for_a_day_past(bank, people):
    with pytest.raises(ProposalMakeRefused, match="Say why"):
        restrict(bank.own, people.grace, reason=" ")
    with pytest.raises(ProposalMakeRefused, match="past"):
        restrict(bank.own, people.grace, effective_on=timezone.localdate() - DAY)
    restrict(bank.own, people.grace)
    with pytest.raises(ProposalMakeRefused, match="proposed already"):
        restrict(bank.own, people.grace)


def test_what_is_refused_or_withdrawn_is_not_done_and_may_be_proposed_anew(bank, people, greta):
    refused = restrict(bank.own, people.grace)
    with pytest.raises(ProposalDecideRefused, match="Say why"):
        proposal_refuse(proposal_id=refused.pk, actor=greta, reason="")
    proposal_refuse(proposal_id=refused.pk, actor=greta, reason="He is no public figure.")
    withdrawn = restrict(bank.own, people.grace)
    with pytest.raises(ProposalWithdrawRefused, match="Who proposed it"):
        proposal_withdraw(proposal_id=withdrawn.pk, actor=greta)
    proposal_withdraw(proposal_id=withdrawn.pk, actor=people.grace)
    with pytest.raises(ProposalWithdrawRefused, match="withdrawn already"):
        proposal_withdraw(proposal_id=withdrawn.pk, actor=people.grace)
    assert (told(refused), told(withdrawn)) == (["made", "refused"], ["made", "withdrawn"])
    assert not is_restricted(bank.own)
    restrict(bank.own, people.grace)
    assert proposals_withdraw_of(proposer=people.grace, actor=None, reason="left") == 1


def test_what_is_approved_for_a_day_to_come_is_done_on_that_day_and_once(bank, people, greta):
    day = timezone.localdate() + DAY
    proposal = restrict(bank.own, people.grace, effective_on=day)
    proposal_approve(proposal_id=proposal.pk, actor=greta)
    assert not is_restricted(bank.own)
    assert proposals_apply_due(today=day - DAY) == 0
    assert proposals_apply_due(today=day) == 1
    assert proposals_apply_due(today=day) == 0
    assert is_restricted(bank.own)
    assert told(proposal) == ["made", "approved", "applied"]


@pytest.mark.parametrize("what", ["subject", "approver", "refused", "verb"])
def test_on_its_day_it_is_judged_again(what, bank, people, greta):
    day = timezone.localdate() + DAY
    proposal = restrict(bank.own, people.grace, effective_on=day)
    proposal_approve(proposal_id=proposal.pk, actor=greta)
    if what == "subject":
        Customer.objects.filter(pk=bank.own.pk).update(manager=people.bob)
    elif what == "approver":
        User.objects.filter(pk=greta.pk).update(is_active=False)
    elif what == "refused":
        proposal_refuse(proposal_id=proposal.pk, actor=greta, reason="On second thoughts.")
    else:
        # The same was done meanwhile in another way: the verb itself has the last word.
        customer_set_restricted(customer_id=bank.own.pk, restricted=True, actor=greta, reason="At once.")
        Proposal.objects.filter(pk=proposal.pk).update(fingerprint=fingerprint_now(bank.own))
    before = is_restricted(bank.own)
    assert proposals_apply_due(today=day) == 0
    assert is_restricted(bank.own) is before
    proposal.refresh_from_db()
    assert proposal.state == ("REFUSED" if what == "refused" else "LAPSED")
    assert proposal.applied_at is None
    assert proposal.decision_reason


def fingerprint_now(customer):
    kind = proposal_kinds.get("crm.customer.restrict")
    return kind.fingerprint(Customer.objects.get(pk=customer.pk), {})


def test_what_waits_is_counted_without_gathering_a_wide_scope(bank, people, greta):
    restrict(bank.own, people.grace)
    assert Proposal.objects.waiting_for(greta).count() == 1
    of_kind = proposal_kinds.get("crm.customer.restrict")
    assert "hashed" not in Proposal.objects.filter(of_kind.decided_by(greta)).explain()


def test_a_bank_that_asks_for_no_second_person_has_it_done_at_once(bank, people, settings):
    settings.DUAL_CONTROL_OFF = ["crm.customer.restrict"]
    assert restrict(bank.own, people.grace) is None
    assert is_restricted(bank.own)
    assert AuditEvent.objects.get(verb="crm.customer.restricted").actor == people.grace
    with pytest.raises(ProposalMakeRefused, match="leave the day out"):
        restrict(bank.pool, people.grace, effective_on=timezone.localdate() + DAY)


def test_a_switch_for_a_verb_that_there_is_not_is_an_error(settings):
    settings.DUAL_CONTROL_OFF = ["crm.customer.restirct"]
    assert [error.id for error in run_checks() if error.id == "kernel.E001"] == ["kernel.E001"]


@pytest.mark.django_db(transaction=True, serialized_rollback=False)
def test_of_two_who_approve_at_once_one_does(transactional_db, people, bank, greta):
    gustav = User.objects.create_user("gustav", first_name="Gustav", unit=people.grace.unit)
    user_set_roles(user=gustav, names=["compliance"], actor=None, reason="a test")
    proposal = restrict(bank.own, people.grace)
    answers, gate = [], threading.Barrier(2)

    def approve(user_id):
        gate.wait()
        try:
            proposal_approve(proposal_id=proposal.pk, actor=User.objects.get(pk=user_id))
            answers.append("approved")
        except DomainError as refusal:
            answers.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=[key]) for key in (greta.pk, gustav.pk)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([answer for answer in answers if answer == "approved"]) == 1
    assert len([answer for answer in answers if "approved already by" in answer]) == 1
    assert told(proposal) == ["made", "approved", "applied"]
