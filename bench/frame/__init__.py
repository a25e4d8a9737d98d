"""Our list, customer page and my day beside Django's stock admin on the same data: bytes, requests, first paint."""

from __future__ import annotations

import argparse
import os

CUSTOMERS, RUNS = 3_000, 15


def main(arguments: list[str]) -> int:
    """Serve one demo bank by both consoles, look at it by turns in one Chromium, and print the tables."""
    options = _options(arguments)
    from bench.frame.serving import bank, both_consoles
    from finpulse.local import services

    with services.running(), bank(options.customers) as environment:
        os.environ |= environment
        import django

        django.setup()
        from bench.frame.measuring import measure
        from bench.frame.pages import pages
        from bench.frame.report import print_all, print_served
        from bench.frame.server import served

        chosen = [page for page in pages() if options.only in page.name]
        with both_consoles(environment) as consoles:
            print_served(served(chosen, consoles))
            print_all(measure(consoles, chosen, runs=options.runs, networks=options.networks))
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog='make bench ARGS="frame …"', description=__doc__)
    parser.add_argument("--customers", type=int, default=CUSTOMERS, help=f"how many (default {CUSTOMERS:,})")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"of each page on each network (default {RUNS})")
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--networks", default="", help="networks whose name contains this: loopback, office, slow")
    return parser.parse_args(arguments)
