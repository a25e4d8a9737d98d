"""Logging with the next step in one save."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.models import Interaction, Task
from crm.services import (
    InteractionLogRefused,
    NextStep,
    TaskAddRefused,
    TaskCompleteRefused,
    interaction_log,
    task_complete,
)
from crm.tests.factories import TaskFactory
from finpulse.audit.models import AuditEvent
from finpulse.identity.models import User
from finpulse.identity.services import cover_give
from finpulse.kernel.errors import InputError


def call(customer, actor, **changes):
    facts = {
        "customer_id": customer.pk,
        "channel": "CALL",
        "direction": "OUTBOUND",
        "occurred_at": timezone.now(),
        "summary": "Asked about the deposit.",
        "actor": actor,
    }
    return interaction_log(**facts | changes)


def test_log_with_a_next_step_makes_both_and_writes_them_down(bank, people):
    step = NextStep("Send the offer", timezone.localdate() + timedelta(days=2))
    logged = call(bank.own, people.alice, next_step=step)
    task = Task.objects.get()
    assert (task.interaction, task.assignee, task.title) == (logged, people.alice, "Send the offer")
    verbs = AuditEvent.objects.filter(subject_id=bank.own.pk, verb__startswith="crm.").values_list("verb", flat=True)
    assert set(verbs) == {"crm.interaction.logged", "crm.task.added"}


def test_a_refused_next_step_leaves_no_interaction(bank, people):
    with pytest.raises(InputError, match="past"):
        call(bank.own, people.alice, next_step=NextStep("Too late", timezone.localdate() - timedelta(days=1)))
    assert not Interaction.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"summary": "  "}, "few words"),
        ({"summary": "x" * 4001}, "At most 4,000"),
        ({"summary": "card 4111 1111 1111 1111"}, "full card number"),
        ({"summary": "a\x00b"}, "cannot be kept"),
        ({"channel": "PIGEON"}, "not one of"),
        ({"occurred_at": timezone.now() + timedelta(days=1)}, "future"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_changes_nothing(bank, people, changes, sentence):
    with pytest.raises(InputError, match=sentence):
        call(bank.own, people.alice, **changes)
    assert not Interaction.objects.exists()
    assert not AuditEvent.objects.filter(verb="crm.interaction.logged").exists()


@pytest.mark.parametrize("username", ["bob", "charlie", "frank", "heidi"])
def test_log_refuses_who_may_not(bank, people, username):
    with pytest.raises(InteractionLogRefused):
        call(bank.own, getattr(people, username))


def test_a_read_only_cover_allows_logging_and_nothing_else(bank, people):
    now = timezone.now()
    cover_give(
        covered=people.bob, coverer=people.alice, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(days=1),
        actor=people.dana, reason="illness", read_only=True,
    )  # fmt: skip
    alice = User.objects.with_access().get(pk=people.alice.pk)
    step = NextStep("Call again", timezone.localdate())
    with pytest.raises(TaskAddRefused, match="not plan with him"):
        call(bank.same_unit, alice, next_step=step)
    assert not Interaction.objects.exists()
    call(bank.same_unit, alice)
    with pytest.raises(TaskCompleteRefused):
        task_complete(task_id=TaskFactory(customer=bank.same_unit, assignee=alice, created_by=alice).pk, actor=alice)


def test_done_twice_is_done_once(bank, people):
    call(bank.own, people.alice, next_step=NextStep("Send", timezone.localdate()))
    task = Task.objects.get()
    first = task_complete(task_id=task.pk, actor=people.alice).done_at
    assert task_complete(task_id=task.pk, actor=people.alice).done_at == first
    assert AuditEvent.objects.filter(verb="crm.task.completed").count() == 1
