"""An e-mail: composed of a message in words, and handed to the bank's mail server."""

from __future__ import annotations

import hashlib
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from finpulse.identity.models import User
from finpulse.kernel.registries import alert_kinds
from notifications.models import Message
from notifications.selectors import worded
from notifications.smtp import EmailBackend, hang_up, keep, mail_line

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


def mail_send(*, mail: EmailMultiAlternatives, deadline: float = float("inf")) -> None:
    """Hand an e-mail to the server, not after `deadline` of the monotonic clock.

    :raises MailRefused: the server refused it for good.
    :raises MailNotTaken: it was not reached, turned our sign-in down, asks to come again, fell silent early, or it is
        too late.
    :raises MailUnanswered: it fell silent over the mail itself.
    """
    line = mail_line()
    try:
        _begin(line, deadline)
    except OSError as error:
        raise MailNotTaken(_words(error)) from error
    try:
        line.send_messages([mail])
    except (SMTPRecipientsRefused, SMTPResponseException) as error:
        keep(line)
        refused = all(code >= PERMANENT for code in _codes(error))
        raise (MailRefused if refused else MailNotTaken)(_words(error)) from error
    except OSError as error:
        under_way = getattr(line, "mail_under_way", True)
        hang_up(line)
        raise (MailUnanswered if under_way else MailNotTaken)(_words(error)) from error
    keep(line)


def _begin(line: BaseEmailBackend, deadline: float) -> None:
    if isinstance(line, EmailBackend):
        line.begin(deadline)
    else:
        line.open()


def _codes(error: SMTPRecipientsRefused | SMTPResponseException) -> list[int]:
    if isinstance(error, SMTPResponseException):
        return [error.smtp_code]
    return [code for code, _ in error.recipients.values()]


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
