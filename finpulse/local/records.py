"""Which process serves a local service: written down so that the next start knows an orphan of ours from a stranger."""

import json
import os
import signal
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from finpulse.local.errors import LocalServiceError


@dataclass(frozen=True)
class Record:
    """A process by its id and its moment of creation, which together never come twice, and the port it serves."""

    pid: int
    created: float
    port: int

    def is_alive(self) -> bool:
        """Tell whether that very process still runs; one that has ended but waits to be collected does not."""
        _collect(self.pid)
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created) < 1
            return same and process.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False

    def end(self, *signals: signal.Signals, patience: float = 10) -> None:
        """Send each signal in turn, waiting up to `patience` seconds for the process to end before the next.

        :raises LocalServiceError: if it outlives the last.
        """
        for number in signals:
            if not self.is_alive():
                return
            os.kill(self.pid, number)
            if self._ends_within(patience):
                return
        if self.is_alive():
            raise LocalServiceError(f"Process {self.pid} does not end; end it by hand: kill -9 {self.pid}")

    def _ends_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not self.is_alive():
                return True
            time.sleep(0.01)
        return False


def write(path: Path, pid: int, port: int) -> Record:
    """Write down that this process serves this port."""
    record = Record(pid, psutil.Process(pid).create_time(), port)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(asdict(record)), encoding="utf-8")
    draft.replace(path)
    return record


def read(path: Path) -> Record | None:
    """Give the record of a process that still runs, or None."""
    try:
        record = Record(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return record if record.is_alive() else None


def _collect(pid: int) -> None:
    """Let a child of this very process that has ended go; other processes' children are not ours to collect."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return
