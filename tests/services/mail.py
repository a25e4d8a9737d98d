"""A real mail server, which keeps what it took, and can hold or refuse."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from finpulse.local import ports


class MailServer:
    """Speaks SMTP on 127.0.0.1; its address is `.url`, what it took `.taken`."""

    def __init__(self) -> None:
        self.port = ports.pick()
        self.url = f"smtp://127.0.0.1:{self.port}"
        self.taken: list[EmailMessage] = []
        self.answer_to_recipient = "250 OK"
        self.answer_to_data = "250 OK"
        self.holding = threading.Event()
        self._open: asyncio.Event | None = None
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def start(self) -> None:
        """Listen."""
        self._controller.start()

    def stop(self) -> None:
        """Stop listening."""
        self._controller.stop()

    def hold(self) -> None:
        """From now on give no answer to RCPT until `let_go`; `holding` is set while a sender waits for it."""
        self._open = asyncio.Event()
        self.holding.clear()

    def let_go(self) -> None:
        """Answer those who wait, and all who come."""
        gate, self._open = self._open, None
        if gate is not None:
            self._controller.loop.call_soon_threadsafe(gate.set)

    def forget(self) -> None:
        """Be as new."""
        self.let_go()
        self.taken.clear()
        self.answer_to_recipient = self.answer_to_data = "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Answer, or hold the answer."""
        if self._open is not None:
            self.holding.set()
            await self._open.wait()
        if self.answer_to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep the mail."""
        if self.answer_to_data.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return self.answer_to_data


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a mail server for the duration of the block."""
    server = MailServer()
    server.start()
    try:
        yield server
    finally:
        server.let_go()
        server.stop()
