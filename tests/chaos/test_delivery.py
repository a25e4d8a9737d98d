"""An alert reaches its reader once, whatever falls over on the way."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from time import monotonic

import pytest
from celery import Celery
from django.utils import timezone

from crm.models import Holding
from crm.tests.factories import HoldingFactory
from finpulse.kernel.broker import TASK, queues
from finpulse.kernel.models import QueuedTask
from notifications.models import DeliveryAttempt, Message
from notifications.services import alerts_scan
from tests.services.wait import until

State = Message.State
Outcome = DeliveryAttempt.Outcome
pytestmark = pytest.mark.usefixtures("nothing_queued")


def deposit(customer):
    matures_on = timezone.localdate() + timedelta(days=7)
    return HoldingFactory(customer=customer, kind=Holding.Kind.TERM_DEPOSIT, matures_on=matures_on)


def states():
    return Counter(Message.objects.values_list("channel", "state"))


def all_sent(deposits):
    return states() == {("IN_APP", "SENT"): deposits, ("EMAIL", "SENT"): deposits}


def all_done():
    return not QueuedTask.objects.exclude(state=QueuedTask.State.DONE).exists()


def scan():
    return alerts_scan(now=timezone.now())


def delivered(stack, deposits, since, seconds=45):
    """Wait until as many deposits' alerts are sent and recorded; give the seconds since a moment."""
    try:
        until(lambda: all_sent(deposits) and all_done(), f"{deposits} delivered", seconds)
    except AssertionError as error:
        raise AssertionError(f"{error}: {states()}\n{stack.processes.log()}") from error
    return monotonic() - since


def test_an_alert_is_told_once_however_often_it_is_scanned_and_rung(stack, bank, say):
    deposit(bank.own)
    started = monotonic()
    assert scan().queued == 2
    ring_again(stack)
    say(f"an alert and twelve needless rings took {delivered(stack, 1, started):.1f} s")
    again = scan()
    assert (again.queued, again.already) == (0, 2)
    ring_again(stack)
    tick(stack)
    deposit(bank.own)
    started = monotonic()
    # The tick's own scan may find the second deposit first.
    assert scan().queued in (0, 2)
    say(f"commit to delivery on warm processes took {delivered(stack, 2, started):.2f} s")
    assert [mail["To"] for mail in stack.mail.taken] == ["alice@finpulse.example"] * 2
    assert len({mail["Message-ID"] for mail in stack.mail.taken}) == 2
    assert DeliveryAttempt.objects.count() == 4


@pytest.mark.parametrize(("stack", "at", "mails"), [("valkey", "RCPT", 1), ("rabbitmq", "DATA", 2)], indirect=["stack"])
def test_a_worker_killed_while_the_mail_server_holds_its_answer_leaves_a_mark(stack, at, mails, bank, say):
    """Before the server took the mail it goes out once; after, twice, marked and with one Message-ID."""
    deposit(bank.own)
    stack.mail.hold(at)
    scan()
    assert stack.mail.holding.wait(30)
    stack.processes.kill(stack.worker)
    killed = monotonic()
    stack.mail.let_go()
    stack.worker = stack.processes.worker()
    say(f"a killed worker's mail went out {delivered(stack, 1, killed):.1f} s after the kill")
    assert len(stack.mail.taken) == mails
    assert len({mail["Message-ID"] for mail in stack.mail.taken}) == 1
    outcomes = DeliveryAttempt.objects.filter(message__channel="EMAIL").order_by("pk")
    assert [attempt.outcome for attempt in outcomes] == [Outcome.UNKNOWN, Outcome.ACCEPTED]


def test_a_broker_that_is_away_at_commit_delays_and_loses_nothing(stack, bank, say):
    stack.broker.stop()
    deposit(bank.own)
    started = monotonic()
    assert scan().queued == 2
    assert monotonic() - started < 2
    assert states() == {("IN_APP", "WAITING"): 1, ("EMAIL", "WAITING"): 1}
    stack.broker.start()
    say(f"the broker back, what waited took {delivered(stack, 1, monotonic()):.1f} s")
    assert len(stack.mail.taken) == 1


def test_a_mail_server_that_is_away_delays_and_one_that_refuses_is_believed(stack, bank, say):
    stack.mail.answer_to_recipient = "451 come back later"
    deposit(bank.own)
    scan()
    tried = DeliveryAttempt.objects.filter(outcome=Outcome.UNREACHABLE)
    until(tried.exists, "an attempt that was put off")
    put_off = monotonic()
    stack.mail.answer_to_recipient = "250 OK"
    say(f"a mail put off by the server went out {delivered(stack, 1, put_off):.1f} s later")
    stack.mail.answer_to_recipient = "550 no such mailbox"
    deposit(bank.own)
    scan()
    failed = Message.objects.filter(state=State.FAILED)
    until(failed.exists, "a refused mail is settled")
    assert "550" in failed.get().reason
    assert len(stack.mail.taken) == 1


def ring_again(stack):
    """Ring six times for each row, as a broker that delivers twice does."""
    with publisher(stack).connection_for_write() as connection:
        for pk, queue in list(QueuedTask.objects.values_list("pk", "queue")) * 6:
            publisher(stack).send_task(TASK, args=[pk], queue=queue, connection=connection)


def tick(stack):
    """Send what the clock sends."""
    with publisher(stack).connection_for_write() as connection:
        publisher(stack).send_task("notifications.scan_alerts", queue="default", connection=connection)


def publisher(stack):
    app = Celery("test", broker=stack.broker.url, set_as_current=False)
    app.conf.task_queues = queues()
    return app
