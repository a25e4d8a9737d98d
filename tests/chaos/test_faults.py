"""What falls over is made up for, stands in sight when it cannot be, and is not felt by who works at a page."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from time import monotonic

import pytest
from django.db import transaction
from django.utils import timezone

from crm.models import Holding
from crm.tests.factories import HoldingFactory
from finpulse.identity.models import User
from finpulse.kernel.models import QueuedTask
from finpulse.kernel.queue import enqueue, enqueue_many
from finpulse.kernel.queue.worker import RINGS_FOR_THE_UNKNOWN
from notifications.models import DeliveryAttempt, Message
from notifications.services import alerts_scan
from notifications.services.scan import DELIVER
from tests.chaos.poison.handlers import FAIL, KILL, MOST_ATTEMPTS
from tests.services.wait import until

State = QueuedTask.State
Outcome = DeliveryAttempt.Outcome
pytestmark = pytest.mark.usefixtures("nothing_queued")


def sign_in(client, name):
    user = User.objects.with_access().get(username=name)
    client.force_login(user, backend="finpulse.identity.backends.RoleAndScopeBackend")


def all_in(state):
    return lambda: not QueuedTask.objects.exclude(state=state).exists()


def wait_for(stack, condition, what, seconds=40):
    try:
        until(condition, what, seconds)
    except AssertionError as error:
        rows = list(QueuedTask.objects.values_list("name", "state", "attempts", "rings", "last_error"))
        raise AssertionError(f"{error}: {rows}\n{stack.processes.log()}") from error


def given_up():
    """Give the id of a task that was given up and does nothing when it is run."""
    facts = {"state": State.DEAD, "finished_at": timezone.now(), "queue": "mail"}
    return QueuedTask.objects.create(name=DELIVER, arguments={"message_id": 0}, **facts).pk


def retry(client, pk):
    """Ask for a page that queues; give its seconds."""
    started = monotonic()
    assert client.post(f"/admin/kernel/queuedtask/{pk}/retry/").status_code == 302
    return monotonic() - started


def test_a_frozen_broker_is_not_felt_by_a_page_that_queues(stack, bank, client, settings, say):
    settings.CELERY_BROKER_URL = stack.broker.url
    sign_in(client, "erin")
    before = [retry(client, given_up()) for _ in range(5)]
    wait_for(stack, all_in(State.DONE), "what was queued is done")
    stack.broker.freeze()
    try:
        during = [retry(client, given_up()) for _ in range(5)]
        started = monotonic()
        answer = client.get("/readyz").json()
        told = monotonic() - started
        assert not all_in(State.DONE)()
    finally:
        stack.broker.thaw()
    assert (answer["status"], answer["dependencies"]["broker"]) == ("degraded", "TimeoutError")
    thawed = monotonic()
    wait_for(stack, all_in(State.DONE), "what was queued meanwhile is done", 60)
    say(
        f"a page that queues took {max(before):.3f} s, {max(during):.3f} s while the broker was frozen; readyz said so "
        f"in {told:.1f} s; the rest was done {monotonic() - thawed:.1f} s after"
    )


def test_two_relays_ring_each_row_once(stack, bank, say):
    second = stack.processes.relay()
    try:
        started = monotonic()
        for _ in range(3):
            with transaction.atomic():
                enqueue_many(DELIVER, [(None, {"message_id": 0})] * 40)
        wait_for(stack, all_in(State.DONE), "all is done")
        say(f"two relays and a worker did 120 empty tasks in {monotonic() - started:.1f} s")
        assert set(QueuedTask.objects.values_list("rings", "attempts")) == {(1, 1)}
    finally:
        stack.processes.kill(second)


def test_a_poisoned_task_ends_in_sight_of_an_administrator(stack, bank, client, say):
    with transaction.atomic():
        enqueue(KILL, number=1)
        enqueue(FAIL, number=1)
    QueuedTask.objects.create(name="poison.unknown", rings=RINGS_FOR_THE_UNKNOWN)
    started = monotonic()
    wait_for(stack, all_in(State.DEAD), "all are given up")
    say(f"a killer, a failure and a stranger were given up within {monotonic() - started:.1f} s")
    errors = dict(QueuedTask.objects.values_list("name", "last_error"))
    assert errors == {
        KILL: "Each worker that ran it died or ran out of time.",
        FAIL: "ZeroDivisionError: a fault",
        "poison.unknown": "No worker knows the handler poison.unknown.",
    }
    assert QueuedTask.objects.get(name=KILL).attempts == MOST_ATTEMPTS
    sign_in(client, "heidi")
    page = client.get("/admin/kernel/queuedtask/?state__exact=DEAD")
    lines = {line["label"]: line["count"] for section in page.context["navigation"] for line in section["lines"]}
    assert lines["Queue"] == len(errors)
    shown = page.content.decode()
    assert [error for error in errors.values() if error not in shown] == []


@pytest.mark.parametrize("stack", ["valkey"], indirect=True)
def test_a_worker_that_stood_still_past_its_lease_does_not_send_beside_its_successor(stack, bank, say):
    matures_on = timezone.localdate() + timedelta(days=7)
    HoldingFactory(customer=bank.own, kind=Holding.Kind.TERM_DEPOSIT, matures_on=matures_on)
    stack.mail.hold()
    alerts_scan(now=timezone.now())
    assert stack.mail.holding.wait(30)
    os.killpg(stack.worker.pid, signal.SIGSTOP)
    stopped, started = stack.worker, monotonic()
    stack.mail.let_go()
    stack.worker = stack.processes.worker()
    try:
        wait_for(stack, lambda: not Message.objects.exclude(state="SENT").exists(), "the successor sends it")
        say(f"a frozen worker's mail went out {monotonic() - started:.1f} s after it froze")
    finally:
        os.killpg(stopped.pid, signal.SIGCONT)
    ends = ("has passed", "TimeLimit")
    wait_for(stack, lambda: any(words in stack.processes.log() for words in ends), "it comes back")
    stack.processes.kill(stopped)
    assert len(stack.mail.taken) == 1
    outcomes = DeliveryAttempt.objects.filter(message__channel="EMAIL").order_by("pk")
    assert [attempt.outcome for attempt in outcomes] == [Outcome.UNKNOWN, Outcome.ACCEPTED]
