"""Customers go from their managers to another all at once, when another approves it, or not at all."""

from __future__ import annotations

import sys
import time
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.models import Assignment, Customer, Handover, Task
from crm.services import HandoverRefused, ManagerIsFull, capacity_set, handover_propose
from crm.tests.factories import CustomerFactory, TaskFactory
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import User
from finpulse.identity.services import user_set_roles
from finpulse.kernel.models import Proposal
from finpulse.kernel.proposals.deciding import (
    ProposalDecideRefused,
    ProposalHasLapsed,
    proposal_approve,
    proposal_refuse,
    proposals_apply_due,
)
from finpulse.kernel.proposals.selectors import proposal_shown, proposals_waiting_for
from notifications.models import Message
from notifications.tests.factories import MessageFactory

MANY = 500


def fresh(user):
    return User.objects.with_access().select_related("unit").get(pk=user.pk)


@pytest.fixture
def sofia(people):
    """The supervisor of South."""
    user = User.objects.create_user("sofia", first_name="Sofia", unit=people.charlie.unit)
    user_set_roles(user=user, names=["supervisor"], actor=None, reason="a test")
    return fresh(user)


def propose(customers, to, actor, **facts):
    keys = [customer.pk for customer in customers]
    handover_propose(customer_ids=keys, to_manager=fresh(to), actor=fresh(actor), reason="He retires.", **facts)
    return Proposal.objects.order_by("-pk").first()


def managers(customers):
    return set(Customer.objects.filter(pk__in=[row.pk for row in customers]).values_list("manager", flat=True))


@pytest.fixture
def book(people):
    """Ten customers of alice, with a task and an unread alert each."""
    today, customers = (
        timezone.localdate(),
        CustomerFactory.create_batch(10, manager=people.alice, unit=people.alice.unit),
    )
    for customer in customers:
        TaskFactory(customer=customer, assignee=people.alice, created_by=people.alice, due_on=today)
        MessageFactory(recipient=people.alice, customer=customer)
    return customers


def test_what_another_approves_moves_with_its_open_tasks_and_alerts(book, people, sofia):
    done = TaskFactory(
        customer=book[0], assignee=people.alice, created_by=people.alice, due_on=timezone.localdate(), state="DONE",
        done_at=timezone.now(), done_by=people.alice,
    )  # fmt: skip
    anothers = TaskFactory(customer=book[0], assignee=people.bob, created_by=people.bob, due_on=timezone.localdate())
    proposal = propose(book, people.charlie, people.dana)
    assert managers(book) == {people.alice.pk}
    proposal_approve(proposal_id=proposal.pk, actor=sofia)
    assert managers(book) == {people.charlie.pk}
    open_tasks = Task.objects.filter(customer__in=book, state="OPEN").exclude(pk=anothers.pk)
    assert set(open_tasks.values_list("assignee", flat=True)) == {people.charlie.pk}
    for task, assignee in ((done, people.alice), (anothers, people.bob)):
        task.refresh_from_db()
        assert task.assignee == assignee
    assert set(Message.objects.filter(scope_id__in=[row.pk for row in book]).values_list("recipient", flat=True)) == {
        people.charlie.pk
    }
    events = AuditEvent.objects.filter(verb="crm.customer.handed_over")
    assert {(event.actor_id, event.detail["proposal"]) for event in events} == {(sofia.pk, proposal.pk)}
    assert events.count() == len(book)
    stints = Assignment.objects.filter(customer=book[0]).order_by("pk").values_list("manager", "proposal")
    assert list(stints) == [(people.alice.pk, None), (people.charlie.pk, proposal.pk)]


def test_who_may_approve_it(book, people, sofia):
    across = propose(book[:5], people.charlie, people.dana)
    for actor, says in ((people.dana, "own proposal"), (people.alice, "supervisor"), (people.erin, "crosses units")):
        with pytest.raises(ProposalDecideRefused, match=says):
            proposal_approve(proposal_id=across.pk, actor=fresh(actor))
    within = propose(book[5:], people.bob, people.dana)
    assert proposal_shown(within.pk, sofia) is None
    with pytest.raises(ProposalDecideRefused, match="who has not proposed it"):
        proposal_approve(proposal_id=within.pk, actor=sofia)
    proposal_approve(proposal_id=within.pk, actor=fresh(people.erin))
    assert managers(book[5:]) == {people.bob.pk}


def test_it_waits_for_whom_it_is_to_decide_and_for_nobody_else(book, people, sofia):
    across, within = propose(book[:5], people.charlie, people.dana), propose(book[5:], people.bob, people.dana)
    waiting = {
        user: {line.proposal for line in proposals_waiting_for(fresh(user))}
        for user in (sofia, people.charlie, people.bob, people.erin, people.grace, people.dana, people.alice)
    }
    assert waiting == {
        sofia: {across},
        people.charlie: {across},
        people.bob: {within},
        people.erin: {within},
        people.grace: set(),
        people.dana: set(),
        people.alice: set(),
    }


def test_compliance_moves_restricted_customers_only(bank, people):
    with pytest.raises(HandoverRefused):
        propose([bank.own], people.charlie, people.grace)


def test_the_receiver_may_refuse_and_not_approve(book, people):
    proposal = propose(book, people.charlie, people.dana)
    receiver = fresh(people.charlie)
    assert [line.proposal for line in proposals_waiting_for(receiver)] == [proposal]
    shown = proposal_shown(proposal.pk, receiver)
    assert (shown.may_approve, shown.may_refuse) == (False, True)
    with pytest.raises(ProposalDecideRefused):
        proposal_approve(proposal_id=proposal.pk, actor=receiver)
    proposal_refuse(proposal_id=proposal.pk, actor=receiver, reason="I am full.")
    assert managers(book) == {people.alice.pk}


def test_an_approver_is_told_the_number_and_named_whom_he_sees(book, people, sofia):
    proposal = propose(book, people.charlie, people.dana)
    told = " ".join(
        f"{change.label} {change.before} {change.after}" for change in proposal_shown(proposal.pk, sofia).changes
    )
    assert "10 customers Alice North Charlie South" in told
    assert "nobody whom you see and 10 more" in told
    assert all(customer.family_name not in told for customer in book)


def test_of_a_handover_with_a_restricted_customer_only_those_hear_who_see_him(bank, people, sofia):
    bobs = fresh(people.bob)
    with pytest.raises(HandoverRefused, match="nothing to hand over"):
        propose([bank.restricted], people.charlie, people.dana)
    assert not bobs.has_perm("crm.add_handover")
    proposal = propose([bank.restricted], people.charlie, people.grace)
    assert [proposal_shown(proposal.pk, user) for user in (sofia, fresh(people.dana), fresh(people.erin))] == [None] * 3
    with pytest.raises(ProposalDecideRefused):
        proposal_approve(proposal_id=proposal.pk, actor=sofia)
    greta = User.objects.create_user("greta", unit=people.grace.unit)
    user_set_roles(user=greta, names=["compliance"], actor=None, reason="a test")
    proposal_approve(proposal_id=proposal.pk, actor=fresh(greta))
    assert managers([bank.restricted]) == {people.charlie.pk}


def test_the_list_is_frozen_and_lapses_once_one_of_it_has_another_manager(book, people, sofia):
    proposal = propose(book[:9], people.charlie, people.dana)
    Customer.objects.filter(pk=book[3].pk).update(manager=people.bob)
    with pytest.raises(ProposalHasLapsed):
        proposal_approve(proposal_id=proposal.pk, actor=sofia)
    assert managers(book) == {people.alice.pk, people.bob.pk}
    again = propose(book[:9], people.charlie, people.dana)
    CustomerFactory(manager=people.alice, unit=people.alice.unit)
    proposal_approve(proposal_id=again.pk, actor=sofia)
    assert managers(book[:9]) == {people.charlie.pk}
    assert managers(book[9:]) == {people.alice.pk}


def test_a_receiver_who_is_full_or_has_left_gets_none(book, people, sofia):
    capacity_set(manager=people.charlie, most=9, actor=people.erin)
    with pytest.raises(ManagerIsFull, match="10 more are too many"):
        propose(book, people.charlie, people.dana)
    assert not Handover.objects.exists()
    capacity_set(manager=people.charlie, most=10, actor=people.erin)
    proposal = propose(book, people.charlie, people.dana)
    capacity_set(manager=people.charlie, most=9, actor=people.erin)
    with pytest.raises(ManagerIsFull):
        proposal_approve(proposal_id=proposal.pk, actor=sofia)
    capacity_set(manager=people.charlie, most=None, actor=people.erin)
    User.objects.filter(pk=people.charlie.pk).update(is_active=False)
    with pytest.raises(HandoverRefused, match="has left"):
        proposal_approve(proposal_id=proposal.pk, actor=sofia)
    assert Proposal.objects.get(pk=proposal.pk).state == "OPEN"
    assert managers(book) == {people.alice.pk}


def test_on_its_day_it_moves(book, people, sofia):
    day = timezone.localdate() + timedelta(days=3)
    proposal = propose(book, people.charlie, people.dana, effective_on=day)
    proposal_approve(proposal_id=proposal.pk, actor=sofia)
    assert managers(book) == {people.alice.pk}
    assert proposals_apply_due(today=day) == 1
    assert managers(book) == {people.charlie.pk}


def many(people):
    """A book of five hundred with a task each."""
    customers = CustomerFactory.create_batch(MANY, manager=people.alice, unit=people.alice.unit)
    today = timezone.localdate()
    Task.objects.bulk_create(
        Task(customer=row, title="Call", due_on=today, assignee=people.alice, created_by=people.alice)
        for row in customers
    )
    Message.objects.bulk_create(MessageFactory.build(recipient=people.alice, customer=row) for row in customers)
    return customers


def test_five_hundred_are_one_transaction_and_cost_as_many_queries_as_ten(book, people, sofia, capsys):
    few, of_few = propose(book, people.charlie, people.dana), CaptureQueriesContext(connection)
    with of_few:
        proposal_approve(proposal_id=few.pk, actor=sofia)
    customers = many(people)
    proposal, of_many = propose(customers, people.charlie, people.dana), CaptureQueriesContext(connection)
    started = time.monotonic()
    with of_many:
        proposal_approve(proposal_id=proposal.pk, actor=sofia)
    took = time.monotonic() - started
    with capsys.disabled():
        sys.stdout.write(
            f"\n{MANY} customers handed over in {took:.2f} s, {len(of_many)} statements; 10 in {len(of_few)}\n"
        )
    assert len(of_many) == len(of_few)
    assert managers(customers) == {people.charlie.pk}
    assert AuditEvent.objects.filter(verb="crm.customer.handed_over").count() == MANY + len(book)


BREAK = """
CREATE FUNCTION break_half_way() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  IF NEW.customer_id = TG_ARGV[0]::bigint THEN {how} END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER break_half_way BEFORE UPDATE ON crm_task FOR EACH ROW EXECUTE FUNCTION break_half_way('{key}');
"""
HOW = {
    "an error": "RAISE 'half-way';",
    "a killed session": "PERFORM pg_terminate_backend(pg_backend_pid());",
}


@pytest.mark.parametrize("how", HOW)
def test_a_crash_half_way_leaves_none_moved(how, transactional_db, people, units, capsys):
    sofia = User.objects.create_user("sofia", unit=people.charlie.unit)
    user_set_roles(user=sofia, names=["supervisor"], actor=None, reason="a test")
    customers = many(people)
    proposal = propose(customers, people.charlie, people.dana)
    with connection.cursor() as cursor:
        cursor.execute(BREAK.format(how=HOW[how], key=customers[MANY // 2].pk))
    try:
        with pytest.raises(DatabaseError):
            proposal_approve(proposal_id=proposal.pk, actor=fresh(sofia))
    finally:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER break_half_way ON crm_task; DROP FUNCTION break_half_way")
    stayed = Customer.objects.filter(manager=people.alice).count()
    with capsys.disabled():
        sys.stdout.write(
            f"\n{how} at customer {MANY // 2} of {MANY}: {stayed} with the former manager, {MANY - stayed} moved\n"
        )
    assert stayed == MANY
    assert set(Task.objects.values_list("assignee", flat=True)) == {people.alice.pk}
    assert not Assignment.objects.exists()
    assert not AuditEvent.objects.filter(verb="crm.customer.handed_over").exists()
    assert Proposal.objects.get(pk=proposal.pk).state == "OPEN"
    proposal_approve(proposal_id=proposal.pk, actor=fresh(sofia))
    assert managers(customers) == {people.charlie.pk}
    assert Handover.objects.count() == 1
