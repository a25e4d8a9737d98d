"""What a queued row runs: one function per name, which translates ids into one service call."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from finpulse.kernel.broker import NAMES
from finpulse.kernel.registries import Registry

Work = Callable[..., Any]


class TryAgain(Exception):
    """It could not be done now, for a reason that is expected to pass; the row waits and is tried again."""


@dataclass(frozen=True)
class Handler:
    """A function of ids with its queue, how long one run may last, how often it is tried, and what is done then."""

    run: Work
    queue: str
    lease_seconds: int
    max_attempts: int
    given_up: Work | None
    taken_up: Work | None


handlers: Registry[Handler] = Registry()


def handler(
    name: str,
    *,
    queue: str = "default",
    lease_seconds: int = 20,
    max_attempts: int = 8,
    given_up: Work | None = None,
    taken_up: Work | None = None,
) -> Callable[[Work], Work]:
    """Register a function under the name that `enqueue` uses.

    A run that lasts `lease_seconds` is ended, so that none outlives the lease on its row and meets its successor; what
    it calls needs shorter timeouts. A row whose worker died is run again that long after it was claimed. After
    `max_attempts` the row is DEAD, and `given_up` is called with the same ids in that transaction; `taken_up` is called
    when an administrator has it tried again.

    :raises ValueError: for a queue that the topology does not have, or a name that is taken.
    """
    if queue not in NAMES:
        raise ValueError(f"{name} names the queue {queue!r}; there are {', '.join(NAMES)}.")

    def register(function: Work) -> Work:
        handlers.register(name, Handler(function, queue, lease_seconds, max_attempts, given_up, taken_up))
        return function

    return register
