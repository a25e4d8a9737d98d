"""Wait for something to become true, with a deadline."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PAUSE = 0.05


def until(condition: Callable[[], T], what: str, seconds: float = 20) -> T:
    """Give the condition's first true answer.

    :raises AssertionError: naming what was waited for, if the deadline passes first.
    """
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"{what}: not within {seconds:g} s"
        threading.Event().wait(PAUSE)
    return answer
