"""A message reaches its reader once, or leaves a trace of why not."""

from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from finpulse.kernel.queue import TryAgain
from notifications.models import DeliveryAttempt, Message
from notifications.policies import MOST_UNKNOWN
from notifications.services import message_deliver, message_give_up, message_take_up
from tests.services.wait import until

State = Message.State
Outcome = DeliveryAttempt.Outcome
pytestmark = pytest.mark.django_db


def outcomes(message):
    return [attempt.outcome for attempt in message.attempts.order_by("pk")]


def deliver(message):
    try:
        message_deliver(message_id=message.pk)
    finally:
        message.refresh_from_db()
    return message


def test_a_mail_is_taken_once_with_its_words_and_recorded(mail, waiting, people):
    message = deliver(waiting())
    assert (message.state, message.recipient, outcomes(message)) == (State.SENT, people.alice, [Outcome.ACCEPTED])
    deliver(message)
    (taken,) = mail.taken
    assert taken["To"] == people.alice.email
    assert taken["Subject"].startswith("FinPulse: Term deposit matures on")
    assert "Ownmarker" not in taken["Subject"]
    assert "Ownmarker" in taken.get_body(("plain",)).get_content()
    assert "Ownmarker" in taken.get_body(("html",)).get_content()


def test_a_message_for_the_console_is_sent_without_the_mail_server(mail, waiting, people):
    message = deliver(waiting(Message.Channel.IN_APP))
    assert (message.state, message.recipient, outcomes(message)) == (State.SENT, people.alice, [Outcome.ACCEPTED])
    assert not mail.connections


def test_a_refusal_for_good_is_believed(mail, waiting):
    mail.answer_to_recipient = "550 no such mailbox"
    message = deliver(waiting())
    assert (message.state, outcomes(message), mail.taken) == (State.FAILED, [Outcome.REFUSED], [])
    assert "550" in message.reason
    mail.answer_to_recipient, mail.answer_to_data = "250 OK", "554 not such words"
    assert deliver(waiting()).state == State.FAILED
    mail.answer_to_data = "250 OK"
    assert deliver(waiting()).state == State.SENT


@pytest.mark.parametrize("answer", ["answer_to_recipient", "answer_to_data"])
def test_a_server_that_asks_to_come_again_is_asked_again(mail, waiting, answer):
    setattr(mail, answer, "451 come back later")
    message = waiting()
    with pytest.raises(TryAgain, match="451"):
        deliver(message)
    assert (message.state, outcomes(message)) == (State.WAITING, [Outcome.UNREACHABLE])
    setattr(mail, answer, "250 OK")
    assert deliver(message).state == State.SENT
    assert len(mail.taken) == 1


def test_a_server_that_is_away_is_asked_again(mail, waiting, settings):
    settings.EMAIL_PORT = 9
    message = waiting()
    with pytest.raises(TryAgain, match="refused"):
        deliver(message)
    assert (message.state, outcomes(message)) == (State.WAITING, [Outcome.UNREACHABLE])


def test_a_server_that_takes_mails_without_a_word_is_left_after_some(mail, waiting, settings):
    settings.EMAIL_TIMEOUT = 0.3
    message = waiting()
    for _ in range(MOST_UNKNOWN):
        mail.hold("DATA")
        with pytest.raises(TryAgain):
            deliver(message)
        mail.let_go()
    assert outcomes(message) == [Outcome.UNKNOWN] * MOST_UNKNOWN
    deliver(message)
    assert (message.state, len(mail.taken)) == (State.FAILED, MOST_UNKNOWN)
    assert len({taken["Message-ID"] for taken in mail.taken}) == 1


def test_an_attempt_that_a_dead_worker_left_is_marked_before_the_next(mail, waiting):
    message = waiting()
    DeliveryAttempt.objects.create(message=message)
    deliver(message)
    assert outcomes(message) == [Outcome.UNKNOWN, Outcome.ACCEPTED]
    assert "may have gone out" in message.attempts.earliest("pk").reason


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_comes_back_late_leaves_its_successors_mark(mail, waiting):
    message = waiting()
    mail.hold("DATA")

    def work():
        message_deliver(message_id=message.pk)
        connection.close()

    thread = Thread(target=work)
    thread.start()
    try:
        until(mail.holding.is_set, "the mail is on its way")
        taken_over = {"outcome": Outcome.UNKNOWN, "ended_at": timezone.now(), "reason": "a successor"}
        message.attempts.update(**taken_over)
    finally:
        mail.let_go()
        thread.join()
    message.refresh_from_db()
    assert (message.state, outcomes(message)) == (State.SENT, [Outcome.UNKNOWN])
    assert "came back late" in message.attempts.get().reason


def test_what_is_no_longer_so_is_not_told(mail, waiting, deposit):
    message = waiting()
    type(deposit).objects.filter(pk=deposit.pk).update(status="CLOSED")
    assert deliver(message).state == State.OBSOLETE
    assert not mail.connections


def test_nobody_to_tell_is_said(mail, waiting, bank, people):
    type(people.dana).objects.filter(pk=people.dana.pk).update(is_active=False)
    type(bank.own).objects.filter(pk=bank.own.pk).update(manager=None)
    assert deliver(waiting()).state == State.NOBODY


def test_a_reader_without_an_address_fails_the_mail(mail, waiting, people):
    type(people.alice).objects.filter(pk=people.alice.pk).update(email="")
    message = deliver(waiting())
    assert (message.state, message.reason) == (State.FAILED, "The recipient has no e-mail address.")


def test_what_was_given_up_failed_and_waits_again_once_it_is_taken_up(mail, waiting):
    message = waiting()
    DeliveryAttempt.objects.create(message=message)
    message_give_up(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, outcomes(message)) == (State.FAILED, [Outcome.UNKNOWN])
    deliver(message)
    assert not mail.taken
    message_take_up(message_id=message.pk)
    assert deliver(message).state == State.SENT
    message_give_up(message_id=message.pk)
    message_take_up(message_id=message.pk)
    message.refresh_from_db()
    assert message.state == State.SENT
