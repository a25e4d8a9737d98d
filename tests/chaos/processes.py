"""FinPulse's own processes on the test database, as `make run` starts them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from finpulse.local import addresses, programs
from finpulse.local.state import CHECKOUT


def environment(*, broker_url: str, email_url: str) -> dict[str, str]:
    """Give the environment of a process that works on the test database as the web's role."""
    name = connection.settings_dict["NAME"]
    urls = {
        "DATABASE_URL": _of_database(addresses.database_url(), name),
        "DATABASE_OWNER_URL": _of_database(addresses.database_owner_url(), name),
        "REDIS_URL": addresses.redis_url(),
        "BROKER_URL": broker_url,
        "EMAIL_URL": email_url,
    }
    settings = {"DJANGO_SETTINGS_MODULE": "tests.chaos.settings"}
    return programs.environment("http://finpulse.test") | urls | settings


class Processes:
    """What runs; whatever is left at the end is killed."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self._environment = environment
        self._folder = folder
        self._running: list[subprocess.Popen[bytes]] = []

    def worker(self) -> subprocess.Popen[bytes]:
        """Start a worker with its two children."""
        return self._start("worker", programs.worker())

    def relay(self) -> subprocess.Popen[bytes]:
        """Start a relay."""
        return self._start("relay", [sys.executable, "manage.py", "relay"])

    def beat(self) -> subprocess.Popen[bytes]:
        """Start a clock."""
        return self._start("beat", programs.beat())

    def web(self, port: int) -> subprocess.Popen[bytes]:
        """Start the web."""
        return self._start("web", programs.web(port))

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """Ask a process to end, and wait until it has."""
        process.terminate()
        process.wait(60)
        self._running.remove(process)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a process and its children at once, as a machine that loses its power does."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self._running.remove(process)

    def end(self) -> None:
        """Kill what runs."""
        for process in list(self._running):
            self.kill(process)

    def log(self) -> str:
        """Give what all of them said."""
        return "\n".join(path.read_text(encoding="utf-8") for path in sorted(self._folder.glob("*.log")))

    def _start(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        path = self._folder / f"{name}-{len(list(self._folder.iterdir()))}.log"
        with path.open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=CHECKOUT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,
            )
        self._running.append(process)
        return process


def _of_database(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()
