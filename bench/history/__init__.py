"""What the history costs the feed: the Berka bank changed wholly, or its balances alone, with triggers and without."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

ROUNDS = 5


def main(arguments: list[str]) -> int:
    """Load, measure in a database of its own, print one table."""
    parser = argparse.ArgumentParser(prog='make bench ARGS="history …"', description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"of each kind, each way (default {ROUNDS})")
    options = parser.parse_args(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "finpulse.settings.test"
    os.environ["FINPULSE_TEST_DATABASE"] = "bench_history"
    from finpulse.local import services

    with services.running(), tempfile.TemporaryDirectory() as folder:
        import django

        django.setup()
        from bench.history.feeds import make_feeds
        from bench.history.loads import measured, own_database

        feeds = make_feeds(Path(folder))
        with own_database():
            results = measured(feeds, options.rounds)
    print(f"{'feed':28} {'rows changed':>12} {'without':>9} {'with':>9} {'ratio':>6} {'history rows':>12}")
    for name, result in results.items():
        without, kept = (statistics.median(result.seconds[way]) for way in (False, True))
        numbers = f"{result.changed:>12,} {without:>7.2f} s {kept:>7.2f} s {kept / without:>6.2f} {result.kept:>12,}"
        print(f"{name:28} {numbers}")
    print(f"Median of {options.rounds} loads each way, one after the other in turn, the tables vacuumed before each.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
