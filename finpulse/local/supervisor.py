"""Run FinPulse's processes beside each other until a signal, starting anew what dies."""

import http.client
import signal
import time
from collections.abc import Callable
from typing import Any

from finpulse.local.child import Child
from finpulse.local.errors import LocalServiceError
from finpulse.local.log import Log
from finpulse.local.programs import Program

TICK = 0.1
# How long the processes may take to end by themselves before they are ended.
GRACE = 8.0
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """Owns the children; a single thread reads their output, collects them and starts them anew."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._log = Log()
        self._children: list[Child] = []
        self._stops = 0
        for number in STOPS:
            signal.signal(number, self._on_stop)

    def is_stopping(self) -> bool:
        """Tell whether a signal has asked for the end."""
        return self._stops > 0

    def run_once(self, program: Program) -> None:
        """Run a program to its end, unless a signal comes first.

        :raises LocalServiceError: if it fails.
        """
        if self.is_stopping():
            return
        child = self._add(program)
        while not child.collect():
            self._log.pump(TICK)
            if self.is_stopping():
                child.terminate()
        self._log.pump(0)
        self._children.remove(child)
        if child.status and not self.is_stopping():
            raise LocalServiceError(f"FinPulse did not start: {program.name} failed; its reason is above.")

    def run(self, programs: list[Program], port: int, on_ready: Callable[[], None]) -> None:
        """Run programs until a signal: the web, which is the first, then, once it answers on its port, the others.

        Loading all at once on a small machine would keep whoever waits for the first page waiting longer.
        """
        if not self.is_stopping():
            self._add(programs[0])
        waiting = programs[1:]
        while not self.is_stopping():
            if waiting and answers(port):
                on_ready()
                for program in waiting:
                    self._add(program)
                waiting = []
            self._log.pump(TICK)
            self._revive()

    def end(self) -> None:
        """End every process: politely, and after a while or a second signal at once."""
        for child in self._children:
            child.terminate()
        deadline, asked = time.monotonic() + GRACE, self._stops
        while any(child.is_running for child in self._children):
            self._log.pump(TICK)
            if time.monotonic() > deadline or self._stops > max(asked, 1):
                for child in self._children:
                    child.kill()
            self._collect()
        self._log.pump(0)

    def _add(self, program: Program) -> Child:
        child = Child(program, self._environment)
        self._children.append(child)
        self._start(child)
        return child

    def _start(self, child: Child) -> None:
        self._log.follow(child.name, child.start())

    def _collect(self) -> list[Child]:
        return [child for child in self._children if child.collect()]

    def _revive(self) -> None:
        for child in self._collect():
            pause = child.due_at - time.monotonic()
            self._log.say(child.name, f"ended with status {child.status}; it starts anew in {pause:.0f} s")
        for child in self._children:
            if not child.is_running and time.monotonic() >= child.due_at:
                self._start(child)

    def _on_stop(self, _number: int, _frame: Any) -> None:
        self._stops += 1


def answers(port: int) -> bool:
    """Tell whether the web says that it is alive."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
