"""The local services, for as long as the tests run."""

from contextlib import ExitStack

import pytest

from finpulse.local import services

pytest_plugins = ["tests.fixtures"]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start what is not running; the last to leave ends it."""
    stack = ExitStack()
    session.config.add_cleanup(stack.close)
    stack.enter_context(services.running())
