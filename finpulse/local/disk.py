"""A disk that is full, told in one sentence wherever it is met."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from finpulse.local.errors import LocalServiceError
from finpulse.local.state import VAR

# As the C library words it, and so every program that we start.
NO_SPACE = "No space left on device"
FULL = (errno.ENOSPC, errno.EDQUOT)
DISK_FULL = "53100"
# PostgreSQL ends at once when it cannot write the next of its log's segments.
SEGMENT = 16 * 1024 * 1024


class DiskFullError(LocalServiceError):
    """No space is left for the data of the local services."""

    def __init__(self) -> None:
        super().__init__(f"No space is left on the disk that holds {VAR}: free some, then start again.")


@contextmanager
def told_when_full() -> Iterator[None]:
    """Turn whatever a full disk raises into its sentence. :raises DiskFullError: then."""
    try:
        yield
    except Exception as error:
        if not _comes_of_it(error):
            raise
        raise DiskFullError from error


def _comes_of_it(error: Exception) -> bool:
    """Tell it by the system's number, by PostgreSQL's state, or by a lost server that had no room for its log."""
    if isinstance(error, OSError):
        return error.errno in FULL
    of_database = [one for one in (error, error.__cause__) if hasattr(one, "sqlstate")]
    states = {getattr(one, "sqlstate", None) for one in of_database}
    return DISK_FULL in states or (states == {None} and shutil.disk_usage(VAR).free < SEGMENT)
