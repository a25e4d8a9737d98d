"""Start a server apart from our own process group, and wait until it serves."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from finpulse.local import records
from finpulse.local.disk import NO_SPACE, DiskFullError
from finpulse.local.errors import LocalServiceError
from finpulse.local.records import Record
from finpulse.local.state import CHECKOUT, VAR, Service, port, record_path

PATIENCE = 60


def log_path(name: str) -> Path:
    """Say where a server's own words go."""
    return VAR / "log" / f"{name}.log"


def launch(service: Service, command: list[str], *, cwd: Path, account: Mapping[str, Any] | None = None) -> Record:
    """Start a server in a session of its own, where the terminal's Ctrl-C does not reach it, and write it down."""
    log = log_path(service)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **(account or {}),
        )
    # The process outlives this object on purpose: whoever leaves last ends it, by its record.
    process.returncode = 0
    return records.write(record_path(service), process.pid, port(service))


def wait_until(ready: Callable[[], bool], record: Record, name: str) -> None:
    """Wait until a server says that it is ready.

    :raises LocalServiceError: if it ends before, or is not ready in time; the message quotes the end of its log.
    """
    deadline = time.monotonic() + PATIENCE
    while not ready():
        if not record.is_alive():
            said = _last_words(name)
            if NO_SPACE in said:
                raise DiskFullError
            raise LocalServiceError(f"The local {name} did not start: {said}")
        if time.monotonic() > deadline:
            raise LocalServiceError(f"The local {name} is not ready after {PATIENCE} seconds: {_last_words(name)}")
        time.sleep(0.01)


def _last_words(name: str) -> str:
    log = log_path(name)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return f"{' / '.join(lines[-2:]) or 'it said nothing'} ({log.relative_to(CHECKOUT)})"
