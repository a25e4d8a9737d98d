"""Kills, freezes and restarts worker, relay, beat and broker during thousands of messages: lost, twice, seconds."""

from __future__ import annotations

import argparse
import os
import sys

from bench.crash.cells import Cell, cells_named

MESSAGES = 5000


def main(arguments: list[str]) -> int:
    """Measure each cell and print its row; 1 when a message was lost, or sent twice without a mark."""
    options = _parser().parse_args(arguments)
    try:
        cells = [cell for name in options.only or [""] for cell in cells_named(name)]
    except ValueError as error:
        sys.exit(str(error))
    from bench.crash.database import own_database
    from finpulse.local import services

    with services.running(), own_database() as urls:
        os.environ |= {**urls, "DJANGO_SETTINGS_MODULE": "finpulse.settings.local"}
        return _measure(cells, options)


def _measure(cells: list[Cell], options: argparse.Namespace) -> int:
    import django

    django.setup()
    from bench.crash.measure import measure_all
    from bench.crash.report import Report

    report = Report(messages=options.messages)
    measure_all(cells, report=report, processes=options.workers)
    return report.end()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench crash", description=__doc__)
    parser.add_argument("--messages", type=int, default=MESSAGES, help=f"e-mails in each cell (default {MESSAGES})")
    parser.add_argument("--workers", type=int, default=1, help="worker processes of two children each (default 1)")
    parser.add_argument(
        "--only",
        action="append",
        metavar="PROCESS:FAULT:BROKER",
        help="one cell, as worker:killed:rabbitmq; a part may be left empty; may be given again (default: all)",
    )
    return parser
