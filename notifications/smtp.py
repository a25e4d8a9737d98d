"""Django's SMTP backend, which knows whether a mail was on its way when its server fell silent, and is kept open."""

from __future__ import annotations

import smtplib
import threading
from contextlib import suppress
from time import monotonic
from typing import Any

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as DjangoBackend

IDLE_SECONDS = 20.0
# Servers that limit the mails of one connection mostly allow a hundred.
MOST_MAILS = 100
OK = 250

_kept = threading.local()


class _Watching:
    """Notes when the mail itself is handed over: until then the server has certainly not taken it."""

    mail_under_way = False
    deadline = float("inf")

    def data(self, msg: Any) -> Any:
        """Hand the mail over, unless it is too late for that."""
        if monotonic() > self.deadline:
            raise TimeoutError("The time to hand the mail over has passed.")
        self.mail_under_way = True
        return super().data(msg)  # type: ignore[misc]


class _Plain(_Watching, smtplib.SMTP):
    pass


class _Encrypted(_Watching, smtplib.SMTP_SSL):
    pass


class EmailBackend(DjangoBackend):
    """Sends as Django does; `mail_under_way` is of the last mail on the connection that is open."""

    mails = 0
    used_at = 0.0

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The client, watched."""
        return _Encrypted if self.use_ssl else _Plain

    @property
    def mail_under_way(self) -> bool:
        """Whether a mail was being handed over when the last error came."""
        return getattr(self.connection, "mail_under_way", True)

    @property
    def server(self) -> tuple[Any, ...]:
        """Whom it speaks to, and as whom."""
        return self.host, self.port, self.username, self.password, self.use_tls, self.use_ssl

    def begin(self, deadline: float) -> None:
        """Be ready for the next mail, which is not to be handed over after `deadline` of the monotonic clock."""
        self.open()
        client: Any = self.connection
        client.mail_under_way, client.deadline = False, deadline

    def still_good(self) -> bool:
        """Ask the server whether it goes on: one that closes idle connections must not meet the next mail."""
        if self.connection is None or self.mails >= MOST_MAILS or monotonic() > self.used_at + IDLE_SECONDS:
            return False
        try:
            code, _ = self.connection.noop()
        except (OSError, smtplib.SMTPException):
            return False
        return bool(code == OK)


def mail_line() -> BaseEmailBackend:
    """Give this thread's open connection to the mail server if it is still good, else a new one that is not open yet.

    Backends of other kinds are made anew each time.
    """
    fresh: BaseEmailBackend = get_connection()
    kept = getattr(_kept, "line", None)
    if kept is not None and isinstance(fresh, EmailBackend) and fresh.server == kept.server and kept.still_good():
        _kept.line = None
        return kept
    close_line()
    return fresh


def keep(line: BaseEmailBackend) -> None:
    """Leave a connection open for this thread's next mail; one of another kind is closed."""
    if not isinstance(line, EmailBackend):
        hang_up(line)
        return
    line.mails += 1
    line.used_at = monotonic()
    _kept.line = line


def close_line() -> None:
    """Close the connection that this thread keeps, if any."""
    kept, _kept.line = getattr(_kept, "line", None), None
    if kept is not None:
        hang_up(kept)


def hang_up(line: BaseEmailBackend) -> None:
    """Close a connection; how the server says goodbye changes nothing of what it answered before."""
    with suppress(OSError, smtplib.SMTPException):
        line.close()
