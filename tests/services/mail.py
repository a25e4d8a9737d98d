"""A real mail server, which keeps what it took, and can hold or refuse."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from time import monotonic
from typing import Any

from aiosmtpd.controller import Controller

from finpulse.local import ports


class MailServer:
    """Speaks SMTP on 127.0.0.1; its address is `.url`, what it took `.taken`, and `.taken_at` when."""

    def __init__(self) -> None:
        self.port = ports.pick()
        self.url = f"smtp://127.0.0.1:{self.port}"
        self.taken: list[EmailMessage] = []
        self.taken_at: list[float] = []
        self.answer_to_recipient = "250 OK"
        self.answer_to_data = "250 OK"
        self.holding = threading.Event()
        self.connections: list[Any] = []
        self._open: asyncio.Event | None = None
        self._held_at = ""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def start(self) -> None:
        """Listen."""
        self._controller.start()

    def stop(self) -> None:
        """Stop listening."""
        self._controller.stop()

    def hold(self, at: str = "RCPT") -> None:
        """Give no answer to RCPT, or to DATA once the mail is taken, until `let_go`; `holding` tells that one waits."""
        self._held_at = at
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
        self.taken_at.clear()
        self.connections.clear()
        self.answer_to_recipient = self.answer_to_data = "250 OK"

    def drop(self) -> None:
        """Close every connection, as a server does with those that are idle."""
        for connection in self.connections:
            self._controller.loop.call_soon_threadsafe(connection.transport.close)

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, name: str, answers: list[str]) -> list[str]:
        """Note the connection."""
        self.connections.append(server)
        session.host_name = name
        return answers

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Answer, or hold the answer."""
        await self._wait("RCPT")
        if self.answer_to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep the mail."""
        if self.answer_to_data.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
            self.taken_at.append(monotonic())
        await self._wait("DATA")
        return self.answer_to_data

    async def _wait(self, at: str) -> None:
        gate = self._open
        if gate is not None and self._held_at == at:
            self.holding.set()
            await gate.wait()


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
