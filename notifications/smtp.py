"""Django's SMTP backend, which also knows whether a mail was on its way when the server fell silent."""

from __future__ import annotations

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend as DjangoBackend


class _Watching:
    """Notes when the mail itself is handed over: until then the server has certainly not taken it."""

    mail_under_way = False

    def data(self, msg: Any) -> Any:
        """Hand the mail over."""
        self.mail_under_way = True
        return super().data(msg)  # type: ignore[misc]


class _Plain(_Watching, smtplib.SMTP):
    pass


class _Encrypted(_Watching, smtplib.SMTP_SSL):
    pass


class EmailBackend(DjangoBackend):
    """Sends as Django does; `mail_under_way` is of the connection that is open."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The client, watched."""
        return _Encrypted if self.use_ssl else _Plain

    @property
    def mail_under_way(self) -> bool:
        """Whether a mail was being handed over when the last error came."""
        return getattr(self.connection, "mail_under_way", True)
