"""Start the local services that are needed and not running; end them when nobody uses them any more.

Every user shares a lock file, and the kernel lets go of it however the user ends. Whoever leaves last, and so gets the
lock alone, ends the servers: `make run`, a `manage.py` command and a test run beside each other never take them away
from one another.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from finpulse.local import locks, postgres, valkey
from finpulse.local.disk import told_when_full
from finpulse.local.locks import FileLock
from finpulse.local.state import RUN
from finpulse.settings import env

GATE, USERS = RUN / "gate.lock", RUN / "users.lock"


@contextmanager
def running() -> Iterator[None]:
    """Have the local services for the duration of the block, those excepted whose address the environment gives.

    :raises LocalServiceError: if one of them cannot be started.
    """
    with told_when_full():
        users = FileLock(USERS)
    try:
        with locks.alone(GATE), told_when_full():
            users.share()
            _start()
        yield
    finally:
        _leave(users)


def _start() -> None:
    if not env.text("DATABASE_URL"):
        postgres.start()
    if not env.text("REDIS_URL"):
        valkey.start()


def _leave(users: FileLock) -> None:
    with locks.alone(GATE):
        if users.try_take():
            valkey.stop()
            postgres.stop()
        users.close()
