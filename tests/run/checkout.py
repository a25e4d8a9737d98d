"""A copy of the checkout, with its own var/, whose commands run as a developer would run them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from tests.services.wait import until

SOURCE = Path(__file__).resolve().parents[2]
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", "docs", "bench", ".coverage*")
# Holds the services until its input ends; first it prints what it found.
HOLD = """
import sys, psycopg
from finpulse.local import addresses, services
with services.running():
    with psycopg.connect(addresses.database_owner_url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS visit (n int)")
        connection.execute("INSERT INTO visit VALUES (1)")
        print(connection.execute("SELECT count(*) FROM visit").fetchone()[0], flush=True)
    sys.stdin.read()
"""


class Checkout:
    """One copy."""

    def __init__(self, folder: Path) -> None:
        # The name by which coverage finds the originals.
        self.path = folder / "checkout"
        shutil.copytree(SOURCE, self.path, ignore=NOT_COPIED)

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Start Python in the copy, in a session of its own."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.path,
            env=clean_environment() | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the copy to its end."""
        process = self.start(*arguments, **environment)
        output, errors = process.communicate(timeout=60)
        return subprocess.CompletedProcess(process.args, process.returncode, output, errors)

    def hold(self, **environment: str) -> tuple[subprocess.Popen[str], int]:
        """Start a process that keeps the services until `release`; give it and how many visits it counted."""
        process = self.start("-c", HOLD, **environment)
        assert process.stdout
        line = process.stdout.readline()
        if not line:
            raise AssertionError(process.communicate()[1])
        return process, int(line)

    def state(self) -> dict[str, Any]:
        """Give the ports and secrets of the copy."""
        content: dict[str, Any] = json.loads((self.path / "var" / "local.json").read_text())
        return content

    def server(self, name: str) -> psutil.Process | None:
        """Give the running server of a service."""
        record = self.path / "var" / "run" / f"{name}.json"
        if not record.exists():
            return None
        try:
            process = psutil.Process(json.loads(record.read_text())["pid"])
        except psutil.NoSuchProcess:
            return None
        return process if process.status() != psutil.STATUS_ZOMBIE else None

    def processes(self) -> list[psutil.Process]:
        """Give every process that works in the copy or serves its data."""
        marks = (str(self.path), str(self.path.resolve()))
        return [process for process in psutil.process_iter() if _mentions(process, marks)]

    def remove(self) -> None:
        """End what still runs and delete what was written, outside the copy too."""
        for process in [*self.processes(), self.server("postgres"), self.server("valkey")]:
            if process:
                process.kill()
        link = self.path / "var" / "postgres"
        if link.is_symlink():
            shutil.rmtree(link.readlink().parent, ignore_errors=True)
        # Packages are tens of thousands of files.
        subprocess.run(["rm", "-rf", self.path], check=False)


@contextmanager
def copies() -> Iterator[Callable[[], Checkout]]:
    """Give a maker of copies that any user of the machine may enter; in the end nothing of them is left."""
    made: list[Checkout] = []
    with tempfile.TemporaryDirectory(prefix="finpulse-test-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)

        def make() -> Checkout:
            made.append(Checkout(Path(folder) / str(len(made))))
            return made[-1]

        try:
            yield make
        finally:
            for checkout in made:
                checkout.remove()


def release(process: subprocess.Popen[str]) -> None:
    """Let a holder end, and wait for it."""
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 0, errors


def kill(process: subprocess.Popen[str]) -> None:
    """End a process as a crash would."""
    process.send_signal(signal.SIGKILL)
    process.wait()


def gone(checkout: Checkout, seconds: float = 10) -> None:
    """Wait until nothing of a copy runs."""
    until(lambda: not (checkout.server("postgres") or checkout.server("valkey")), "the servers end", seconds)
    until(lambda: not checkout.processes(), "every process ends", seconds)


def clean_environment() -> dict[str, str]:
    """Give what a new terminal has, where pip finds its packages, and coverage's own variables."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(("COVERAGE", "COV_CORE", "PIP_"))}
    return kept | {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8"}


def _mentions(process: psutil.Process, marks: tuple[str, ...]) -> bool:
    try:
        return process.cwd() in marks or any(mark in word for word in process.cmdline() for mark in marks)
    except psutil.Error:
        return False
