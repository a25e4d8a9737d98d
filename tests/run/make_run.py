"""`make run` in a copy of the checkout, as a developer has it before him."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time

import psutil
import requests

from finpulse.identity.demo_accounts import PASSWORD
from finpulse.local import ports
from finpulse.local.pg.account import Account
from tests.run.checkout import Checkout, clean_environment
from tests.run.pythons import Python
from tests.services.wait import until

READY = "FinPulse is ready after "
# What is in the command of each program that the supervisor starts.
PROGRAMS = {
    "web": "granian",
    "worker": "worker",
    "beat": "beat",
    "relay": "relay",
    "sign-in": "finpulse.local.identity_provider",
}


def words_of(process: psutil.Process) -> list[str]:
    """Give the command of a process; nothing of one that has just ended."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


class MakeRun:
    """One terminal: what was started in it, and the lines it has shown."""

    def __init__(self, checkout: Checkout, python: Python, account: Account | None = None) -> None:
        self.checkout = checkout
        self.python = python
        self.port = ports.pick()
        self.lines: list[str] = []
        self._account = account
        self._process: subprocess.Popen[str] | None = None
        self._started_at = 0.0

    def start(self) -> None:
        """Say it and press Enter."""
        self.lines = []
        self._started_at = time.monotonic()
        self._process = subprocess.Popen(
            ["make", "run", f"PORT={self.port}", f"PYTHON={self.python.program}"],
            cwd=self.checkout.path,
            env=clean_environment() | {"PIP_NO_COMPILE": "1"} | self._home(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            **(self._account.options() if self._account else {}),
        )
        threading.Thread(target=self._read, args=(self._process, self.lines), daemon=True).start()

    def wait_until_ready(self, seconds: float = 240) -> float:
        """Wait for the welcome; give the seconds since Enter."""
        until(lambda: self.said(READY) or self._process.poll() is not None, "make run is ready", seconds)
        assert self.said(READY), "\n".join(self.lines)
        return time.monotonic() - self._started_at

    def said(self, text: str) -> bool:
        """Tell whether a line holds this text."""
        return any(text in line for line in self.lines)

    def page(self, username: str = "alice") -> requests.Response:
        """Sign in with the password and give my day."""
        address = f"http://127.0.0.1:{self.port}"
        with requests.Session() as session:
            form = session.get(f"{address}/admin/login/", timeout=20)
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)
            assert token
            data = {"username": username, "password": PASSWORD, "csrfmiddlewaretoken": token[1], "next": "/admin/"}
            return session.post(f"{address}/admin/login/", data=data, timeout=20)

    def answers(self) -> bool:
        """Tell whether the web is alive."""
        try:
            return requests.get(f"http://127.0.0.1:{self.port}/healthz", timeout=2).status_code == 200
        except requests.RequestException:
            return False

    def supervisor(self) -> psutil.Process:
        """Give the process that starts all others."""
        return next(child for child in self._make().children() if "finpulse.local" in words_of(child))

    def program(self, name: str) -> psutil.Process | None:
        """Give the process of a program, where it runs."""
        for child in self.supervisor().children():
            if PROGRAMS[name] in words_of(child):
                return child
        return None

    def press_ctrl_c(self) -> str:
        """End it as the terminal does, by a signal to all that is in front; give what it said from then on."""
        before = len(self.lines)
        os.killpg(self._make().pid, signal.SIGINT)
        self._process.wait(30)
        return "\n".join(self.lines[before:])

    def _home(self) -> dict[str, str]:
        """Give another user a home that he may write to."""
        return {"HOME": str(self.checkout.path.parent)} if self._account else {}

    def _make(self) -> psutil.Process:
        return psutil.Process(self._process.pid)

    @staticmethod
    def _read(process: subprocess.Popen[str], lines: list[str]) -> None:
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
