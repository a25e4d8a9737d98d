"""A worker keeps its connection to the mail server, and no mail is lost or sent twice by that."""

import re
from time import monotonic

import pytest
from django.core.mail import EmailMultiAlternatives

from notifications import smtp
from notifications.services.mail import MailNotTaken, MailRefused, mail_send
from tests.services.wait import until


def send(number, **options):
    mail = EmailMultiAlternatives(f"Number {number}", "words", to=["alice@finpulse.example"])
    mail_send(mail=mail, **options)


def taken(mail):
    return [message["Subject"] for message in mail.taken]


def test_mails_go_over_one_connection(mail):
    for number in range(5):
        send(number)
    assert taken(mail) == [f"Number {number}" for number in range(5)]
    assert len(mail.connections) == 1


def test_a_connection_that_the_server_closed_meanwhile_is_made_anew(mail):
    send(1)
    mail.drop()
    until(lambda: mail.connections[0].transport is None, "the server has hung up")
    send(2)
    assert taken(mail) == ["Number 1", "Number 2"]
    assert len(mail.connections) == 2


def test_a_connection_that_was_long_idle_or_carried_enough_is_made_anew(mail):
    send(1)
    smtp._kept.line.used_at -= smtp.IDLE_SECONDS
    send(2)
    smtp._kept.line.mails = smtp.MOST_MAILS
    send(3)
    assert taken(mail) == ["Number 1", "Number 2", "Number 3"]
    assert len(mail.connections) == 3


def test_a_refused_mail_leaves_the_connection_for_the_next(mail):
    mail.answer_to_recipient = "550 no such mailbox"
    with pytest.raises(MailRefused):
        send(1)
    mail.answer_to_recipient = "250 OK"
    send(2)
    assert taken(mail) == ["Number 2"]
    assert len(mail.connections) == 1


def test_another_server_gets_a_connection_of_its_own(mail, settings):
    send(1)
    settings.EMAIL_HOST = "localhost"
    send(2)
    assert len(mail.connections) == 2


def test_what_is_too_late_is_not_handed_over(mail):
    with pytest.raises(MailNotTaken, match="has passed"):
        send(1, deadline=monotonic() - 1)
    assert not mail.taken
    send(2)
    assert taken(mail) == ["Number 2"]


def test_mails_into_files_need_no_server(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    send(1)
    send(2)
    # Two of one second may share a file: Django names it by the second and by where the line lies in memory.
    told = "".join(path.read_text() for path in tmp_path.iterdir())
    assert sorted(re.findall(r"^Subject: (.*)$", told, re.MULTILINE)) == ["Number 1", "Number 2"]
