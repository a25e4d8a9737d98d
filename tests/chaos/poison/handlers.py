"""A handler that kills its worker, and one that always fails."""

from __future__ import annotations

import os
import signal

from finpulse.kernel.queue import handler

KILL = "poison.kill"
FAIL = "poison.fail"
MOST_ATTEMPTS = 2


@handler(KILL, lease_seconds=3, max_attempts=MOST_ATTEMPTS)
def kill(number: int) -> None:
    """End the process as a fault in a C library does."""
    os.kill(os.getpid(), signal.SIGKILL)


@handler(FAIL, lease_seconds=3, max_attempts=MOST_ATTEMPTS)
def fail(number: int) -> None:
    """Fail as code fails."""
    raise ZeroDivisionError("a fault")
