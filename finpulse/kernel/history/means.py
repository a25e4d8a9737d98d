"""By what the actor of a request signed in, where that was no session: the trail keeps it with what he did."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

means: ContextVar[tuple[tuple[str, Any], ...]] = ContextVar("means", default=())


def tell_means(**keys: Any) -> None:
    """Say it for the rest of this request; keys are ids, never names or secrets."""
    means.set(tuple(keys.items()))


def means_told() -> dict[str, Any]:
    """Give what was said, nothing for a session."""
    return dict(means.get())
