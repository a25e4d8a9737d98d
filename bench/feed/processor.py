"""Processor time of this process and of the PostgreSQL process that serves it: what a busy machine does not distort."""

from __future__ import annotations

import os
import resource
from pathlib import Path

from django.db import connection

_TICKS = os.sysconf("SC_CLK_TCK")


def own() -> float:
    """Give the seconds of this process since its start."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def of_postgresql() -> float:
    """Give the seconds of the server's process behind this session; on Linux only, where the server is local."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    facts = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(facts[11]) + int(facts[12])) / _TICKS
