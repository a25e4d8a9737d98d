"""An e-mail: composed of a message in words, and handed to the bank's mail server."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from finpulse.identity.models import User
from finpulse.kernel.registries import alert_kinds
from notifications.models import Message
from notifications.selectors import worded

PERMANENT = 500


class MailRefused(Exception):
    """The server said no for good."""


class MailNotTaken(Exception):
    """The server was not reached, or asks to come again: it has not taken the mail."""


class MailUnanswered(Exception):
    """The mail was on its way when the answer failed to come: the server may have taken it."""


def mail_compose(*, message: Message, recipient: User) -> EmailMultiAlternatives:
    """Write the e-mail: text and HTML of the same words, the subject without names and amounts."""
    shown = worded([message])[0]
    kind = alert_kinds.get(message.kind)
    context = {"shown": shown, "recipient": recipient, "url": f"{settings.PUBLIC_URL.rstrip('/')}{shown.path}"}
    mail = EmailMultiAlternatives(
        subject=f"FinPulse: {shown.notice.title}",
        body=render_to_string(kind.text_template, context),
        to=[recipient.email],
        headers={"Message-ID": message_id_of(message), "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string(kind.html_template, context), "text/html")
    return mail


def message_id_of(message: Message) -> str:
    """Give the Message-ID, the same at each attempt, so that a mail server or client can drop a twin."""
    digest = hashlib.sha256(message.key.encode()).hexdigest()[:32]
    return f"<{message.pk}.{digest}@{urlsplit(settings.PUBLIC_URL).hostname}>"


def mail_send(*, mail: EmailMultiAlternatives) -> None:
    """Hand an e-mail to the server.

    :raises MailRefused: the server refused it for good.
    :raises MailNotTaken: it was not reached, turned our sign-in down, asks to come again, or fell silent early.
    :raises MailUnanswered: it fell silent over the mail itself.
    """
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        raise MailNotTaken(_words(error)) from error
    try:
        connection.send_messages([mail])
    except (SMTPRecipientsRefused, SMTPResponseException) as error:
        refused = all(code >= PERMANENT for code in _codes(error))
        raise (MailRefused if refused else MailNotTaken)(_words(error)) from error
    except OSError as error:
        under_way = getattr(connection, "mail_under_way", True)
        raise (MailUnanswered if under_way else MailNotTaken)(_words(error)) from error
    finally:
        # The answer to the mail itself has been given: how the server says goodbye does not change it.
        with suppress(OSError, SMTPException):
            connection.close()


def _codes(error: SMTPRecipientsRefused | SMTPResponseException) -> list[int]:
    if isinstance(error, SMTPResponseException):
        return [error.smtp_code]
    return [code for code, _ in error.recipients.values()]


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
