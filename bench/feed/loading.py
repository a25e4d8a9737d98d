"""One load in a process of its own: seconds by file and the most memory it had, as JSON."""

from __future__ import annotations

import cProfile
import io
import json
import pstats
import resource
import sys
from collections import defaultdict
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

SHOWN = 45


class Statements:
    """Sums up the seconds of statements that begin alike, COPY excepted."""

    def __init__(self) -> None:
        """Begin with none."""
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def __call__(self, execute: Callable[..., Any], sql: Any, *arguments: Any) -> Any:
        """Execute and count."""
        started = perf_counter()
        result = execute(sql, *arguments)
        text = sql if isinstance(sql, str) else sql.as_string()
        self.seconds[" ".join(text.split())[:110]] += perf_counter() - started
        return result

    def table(self) -> str:
        """Give the slowest."""
        slowest = sorted(self.seconds.items(), key=lambda one: -one[1])
        return "".join(f"{seconds:8.2f} s  {text}\n" for text, seconds in slowest[:25])


def main(folder: str, *, profile: bool) -> None:
    """Load the folder."""
    import django

    django.setup()
    from django.db import connection

    from bench.feed import processor
    from crm.services.feed import feed_load

    profiler = cProfile.Profile() if profile else None
    own, before = processor.own(), processor.of_postgresql()
    started = perf_counter()
    statements = Statements()
    with profiler or nullcontext(), connection.execute_wrapper(statements) if profile else nullcontext():
        report = feed_load(path=Path(folder), actor=None, today=date(2026, 11, 23))
    seconds = perf_counter() - started
    if profiler:
        text = io.StringIO()
        pstats.Stats(profiler, stream=text).sort_stats("tottime").print_stats(SHOWN)
        sys.stderr.write(text.getvalue() + statements.table())
    files = {name: counts.seconds for name, counts in report.files.items()}
    counts = {name: [counts.new, counts.changed, counts.unchanged] for name, counts in report.files.items()}
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = {"seconds": seconds, "files": files, "counts": counts, "megabytes": megabytes, "refused": report.refused}
    said |= {"own": processor.own() - own, "postgresql": processor.of_postgresql() - before}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1], profile="--profile" in sys.argv[2:])
