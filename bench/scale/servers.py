"""FinPulse as `make run` starts it, and the demo bank as `manage.py seed_demo` makes it."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from finpulse.local import ports
from finpulse.local.state import CHECKOUT

START, PAUSE = 120, 0.2


@contextmanager
def served(address: str) -> Iterator[str]:
    """Take what runs already."""
    yield address


@contextmanager
def serving() -> Iterator[str]:
    """Run `make run` for the block and give its address."""
    port = ports.pick()
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"],  # noqa: S607 - as a developer starts it
        cwd=CHECKOUT,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(process, address)
        yield address
    finally:
        # To make and what it started alike, as Ctrl-C does.
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)


def seed(customers: int) -> str:
    """Make the demo bank of this size and give what the command says of it."""
    _manage("migrate", "--verbosity=0")
    return _manage("seed_demo", "--customers", str(customers))


def _manage(*arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True, text=True).stdout.strip()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START
    while not _answers(address):
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("make run did not start: stop another one of this checkout, or name its address by --at.")
        time.sleep(PAUSE)


def _answers(address: str) -> bool:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()
