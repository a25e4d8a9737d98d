"""One supervised process: started in a process group of its own, its output read line by line, ended as a whole."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from typing import IO

from finpulse.local import lifeline
from finpulse.local.programs import Program
from finpulse.local.state import CHECKOUT

SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
# A process that lived this long has worked: its next failure is a new one.
HEALTHY_SECONDS = 30.0


class Child:
    """A program and its current process, if any."""

    def __init__(self, program: Program, environment: dict[str, str]) -> None:
        self.name = program.name
        self.status: int | None = None
        self.due_at = 0.0
        self._program = program
        self._environment = environment
        self._pause = SHORTEST_PAUSE
        self._started_at = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> IO[bytes]:
        """Start the process; give the pipe that carries what it says."""
        parent = os.getpid()
        self._started_at = time.monotonic()
        self._process = subprocess.Popen(
            self._program.command(),
            cwd=CHECKOUT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            process_group=0,
            preexec_fn=lambda: lifeline.hold(parent),  # noqa: PLW1509 - this process has one thread
        )
        assert self._process.stdout is not None  # noqa: S101 - it was asked for
        os.set_blocking(self._process.stdout.fileno(), False)
        return self._process.stdout

    @property
    def is_running(self) -> bool:
        """Tell whether its process has been started and not yet been collected."""
        return self._process is not None

    def collect(self) -> bool:
        """Tell whether its process has just ended; what it left in its group is then ended too."""
        if self._process is None or not _has_ended(self._process.pid):
            return False
        # Before the leader is collected: until then its group cannot become somebody else's.
        self.kill()
        self.status = self._process.wait()
        self._process = None
        self._plan_restart()
        return True

    def terminate(self) -> None:
        """Ask its process to end."""
        if self._process:
            self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End its whole process group at once."""
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def _plan_restart(self) -> None:
        if time.monotonic() - self._started_at > HEALTHY_SECONDS:
            self._pause = SHORTEST_PAUSE
        self.due_at = time.monotonic() + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)


def _has_ended(pid: int) -> bool:
    """Tell whether a child has ended, without collecting it."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
