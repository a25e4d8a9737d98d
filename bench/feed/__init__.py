"""The feed's speed beside plain COPY of the same rows, and its memory: all new, all as before, a tenth changed."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROWS = 100_000


def main(arguments: list[str]) -> int:
    """Make feeds, load them in a database of its own, print one table a size."""
    parser = argparse.ArgumentParser(prog='make bench ARGS="feed …"', description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[ROWS], help=f"of each file (default {ROWS:,})")
    parser.add_argument("--loads", type=int, choices=(1, 2, 3), default=3, help="how many of the three (default all)")
    parser.add_argument("--profile", action="store_true", help="print what the loader's own process spends its time on")
    options = parser.parse_args(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "finpulse.settings.test"
    os.environ["FINPULSE_TEST_DATABASE"] = "bench_feed"
    from finpulse.local import services

    with services.running():
        import django

        django.setup()
        from bench.feed.measuring import measured
        from bench.feed.report import print_loads

        for rows in options.rows:
            with tempfile.TemporaryDirectory() as folder:
                print_loads(rows, measured(Path(folder), rows, loads=options.loads, profile=options.profile))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
