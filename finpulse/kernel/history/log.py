"""Each line of the log tells the request that it is about, by the name that an error page shows."""

from __future__ import annotations

import logging

from finpulse.kernel.history.context import request_name


class RequestNameFilter(logging.Filter):
    """Gives a record the name of the request in whose course it was written, "-" outside of any."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add it; let every record pass."""
        record.request_name = request_name.get() or "-"
        return True
