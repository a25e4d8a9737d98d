"""One load in a process of its own: seconds by file and the most memory it had, as JSON."""

from __future__ import annotations

import cProfile
import io
import json
import pstats
import resource
import sys
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from time import perf_counter

SHOWN = 45


def main(folder: str, *, profile: bool) -> None:
    """Load the folder."""
    import django

    django.setup()
    from crm.services.feed import feed_load

    profiler = cProfile.Profile() if profile else None
    started = perf_counter()
    with profiler or nullcontext():
        report = feed_load(path=Path(folder), actor=None, today=date(2026, 11, 23))
    seconds = perf_counter() - started
    if profiler:
        text = io.StringIO()
        pstats.Stats(profiler, stream=text).sort_stats("tottime").print_stats(SHOWN)
        sys.stderr.write(text.getvalue())
    files = {name: counts.seconds for name, counts in report.files.items()}
    counts = {name: [counts.new, counts.changed, counts.unchanged] for name, counts in report.files.items()}
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = {"seconds": seconds, "files": files, "counts": counts, "megabytes": megabytes, "refused": report.refused}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1], profile="--profile" in sys.argv[2:])
