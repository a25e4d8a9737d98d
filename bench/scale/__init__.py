"""Pages at a million customers: median, p95 and queries per role, on `make run` as started."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

SMALL, LARGE = 10_000, 1_000_000


def main(arguments: list[str]) -> int:
    """Seed, measure and print; with both sizes in one run also by how much a page grew."""
    options = _options(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "finpulse.settings.local"
    import django

    django.setup()
    from bench.scale import report
    from bench.scale.measuring import measure
    from bench.scale.servers import served, serving

    sizes = [options.customers] if options.keep or options.customers <= SMALL else [SMALL, options.customers]
    measured = {}
    with served(options.at) if options.at else serving() as address:
        for size in sizes:
            measured[size] = measure(address, size, keep=options.keep, requests=options.requests, only=options.only)
            report.print_pages(size, measured[size])
    if len(sizes) > 1:
        report.print_growth(*(measured[size] for size in sizes))
    report.print_goals(measured[sizes[-1]])
    if options.explain:
        report.write_slow(measured[sizes[-1]], Path(options.explain))
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog='make bench ARGS="scale …"', description=__doc__)
    parser.add_argument("--customers", type=int, default=LARGE, help=f"how many (default {LARGE:,})")
    parser.add_argument("--keep", action="store_true", help="measure the bank that is there, seed nothing")
    parser.add_argument("--requests", type=int, default=40, help="of each page by each role (default 40)")
    parser.add_argument("--at", help="the address of a FinPulse that runs from this checkout already")
    parser.add_argument("--only", help="pages whose name contains this")
    parser.add_argument("--explain", help="write the SQL of the pages over 100 ms to this file")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
