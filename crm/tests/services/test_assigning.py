"""An unassigned customer is given his manager in one step; each refusal is a sentence, and then nothing has moved."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from crm.models import Assignment, Customer
from crm.services import (
    CapacitySetRefused,
    CustomerAssignRefused,
    ManagerIsFull,
    capacity_set,
    customer_assign,
    customers_assign,
)
from crm.tests.factories import CustomerFactory, TaskFactory
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import User
from finpulse.kernel.errors import DomainError, InputError


def fresh(user):
    return User.objects.with_access().select_related("unit").get(pk=user.pk)


def assign(customer, to, actor, reason="He knows the trade."):
    return customer_assign(customer_id=customer.pk, to_manager=fresh(to), actor=fresh(actor), reason=reason)


def manager_of(customer):
    return Customer.objects.get(pk=customer.pk).manager


@pytest.mark.parametrize("actor", ["dana", "erin"])
def test_a_supervisor_of_the_unit_or_an_administrator_assigns(actor, bank, people):
    assign(bank.pool, people.bob, getattr(people, actor))
    assert manager_of(bank.pool) == people.bob
    event = AuditEvent.objects.get(verb="crm.customer.assigned")
    assert (event.subject_id, event.detail) == (bank.pool.pk, {"from": None, "to": people.bob.pk})
    rows = Assignment.objects.filter(customer=bank.pool).order_by("pk")
    assert [(row.manager, row.until_at is None) for row in rows] == [(None, False), (people.bob, True)]


@pytest.mark.parametrize("actor", ["alice", "bob", "charlie", "frank", "grace", "heidi", "script"])
def test_nobody_else_does(actor, bank, people):
    with pytest.raises(CustomerAssignRefused):
        assign(bank.pool, people.bob, getattr(people, actor))
    assert manager_of(bank.pool) is None


def test_each_refusal_says_what_to_do(bank, people):
    for customer, to, says in (
        (bank.own, people.bob, "propose a handover"),
        (bank.pool, people.charlie, "propose a handover"),
        (bank.pool, people.frank, "looks after no customers"),
        (bank.pool, people.heidi, "looks after no customers"),
        (bank.other_unit, people.bob, "not in your care"),
    ):
        with pytest.raises(CustomerAssignRefused, match=says):
            assign(customer, to, people.dana)
    with pytest.raises(InputError, match="Say why"):
        assign(bank.pool, people.bob, people.dana, reason=" ")
    User.objects.filter(pk=people.bob.pk).update(is_active=False)
    with pytest.raises(CustomerAssignRefused, match="has left"):
        assign(bank.pool, people.bob, people.dana)
    assert manager_of(bank.pool) is None
    assert not Assignment.objects.exists()


def test_a_manager_at_capacity_is_refused_and_restricted_customers_do_not_count(bank, people):
    capacity_set(manager=people.bob, most=2, actor=people.dana)
    assign(bank.pool, people.bob, people.dana)
    another = CustomerFactory(manager=None, unit=people.bob.unit)
    with pytest.raises(ManagerIsFull, match="has 2 customers and may have 2"):
        assign(another, people.bob, people.dana)
    assert manager_of(another) is None
    capacity_set(manager=people.bob, most=None, actor=people.dana)
    assign(another, people.bob, people.dana)


def test_who_says_how_many_one_may_have(people):
    for actor in (people.alice, people.frank, people.grace):
        with pytest.raises(CapacitySetRefused):
            capacity_set(manager=people.bob, most=5, actor=actor)
    with pytest.raises(CapacitySetRefused, match="another unit"):
        capacity_set(manager=people.charlie, most=5, actor=people.dana)
    for _ in range(2):
        capacity_set(manager=people.charlie, most=5, actor=people.erin)
    assert AuditEvent.objects.get(verb="crm.capacity.set").detail == {"before": None, "after": 5}


def test_many_at_once_leave_those_aside_who_have_a_manager(bank, people):
    keys = [bank.pool.pk, bank.own.pk, bank.other_unit.pk]
    outcome = customers_assign(customer_ids=keys, to_manager=fresh(people.bob), actor=people.dana, reason="Theirs.")
    assert (outcome.done, outcome.refused) == (1, 2)
    assert manager_of(bank.own) == people.alice


def test_open_tasks_of_who_has_left_follow(bank, people):
    task = TaskFactory(customer=bank.pool, assignee=people.alice, created_by=people.alice, due_on=timezone.localdate())
    User.objects.filter(pk=people.alice.pk).update(is_active=False)
    assign(bank.pool, people.bob, people.dana)
    task.refresh_from_db()
    assert task.assignee == people.bob


def test_the_database_lets_one_assignment_of_a_customer_run(bank, people):
    assign(bank.pool, people.bob, people.dana)
    with pytest.raises(IntegrityError, match="crm_assignment_one_runs"), transaction.atomic():
        Assignment.objects.create(customer=bank.pool, manager=people.alice)


def test_of_two_who_fill_the_last_place_one_does(transactional_db, bank, people):
    capacity_set(manager=people.bob, most=2, actor=people.dana)
    left, answers, gate = [bank.pool, CustomerFactory(manager=None, unit=people.bob.unit)], [], threading.Barrier(2)

    def fill(customer):
        gate.wait()
        try:
            assign(customer, people.bob, people.dana)
            answers.append("assigned")
        except DomainError as refusal:
            answers.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=fill, args=[customer]) for customer in left]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["ManagerIsFull", "assigned"]
    assert Customer.objects.filter(manager=people.bob, restricted=False).count() == 2
