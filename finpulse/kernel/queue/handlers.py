"""What a queued row runs: one function per name, which translates ids into one service call."""

from collections.abc import Callable
from dataclasses import dataclass

from finpulse.kernel.registries import Registry


@dataclass(frozen=True)
class Handler:
    """A function of ids with its queue, how long one run may hold its row, and how often it is tried."""

    run: Callable[..., None]
    queue: str
    lease_seconds: int
    max_attempts: int


handlers: Registry[Handler] = Registry()


def handler(
    name: str, *, queue: str = "default", lease_seconds: int = 60, max_attempts: int = 8
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function under the name that `enqueue` uses."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        handlers.register(name, Handler(function, queue, lease_seconds, max_attempts))
        return function

    return register
