"""What it costs at a million customers to ask who may see one, for each kind of reach; and the pages of access."""

from __future__ import annotations

import argparse
import os
import sys
from tempfile import TemporaryDirectory

LARGE, EVENTS = 1_000_000, 10_000_000
# A page is asked so many times more seldom than a query.
SELDOM = 10


def main(arguments: list[str]) -> int:
    """Seed the local bank unless it is to be kept, measure, print. What is made for the measurement is rolled back."""
    parser = argparse.ArgumentParser(prog='make bench ARGS="access …"', description=__doc__)
    parser.add_argument("--customers", type=int, default=LARGE, help=f"how many (default {LARGE:,})")
    parser.add_argument("--keep", action="store_true", help="measure the bank that is there, seed nothing")
    parser.add_argument("--rounds", type=int, default=200, help="of each question (default 200)")
    parser.add_argument("--events", type=int, default=EVENTS, help=f"of the trail (default {EVENTS:,})")
    options = parser.parse_args(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "finpulse.settings.local"
    from finpulse.local import services

    with services.running(), TemporaryDirectory() as static:
        os.environ["STATIC_ROOT"] = static
        import django
        from django.core.management import call_command

        django.setup()
        call_command("collectstatic", interactive=False, verbosity=0)
        from bench.access.asking import measured
        from bench.access.pages import pages_measured
        from bench.access.people import standing_in
        from bench.access.report import print_table
        from bench.access.trail import write_events
        from bench.scale.servers import seed

        if not options.keep:
            print(seed(options.customers), flush=True)
        with standing_in() as people:
            print_table(measured(people, options.rounds))
            print(f"\n{write_events(options.events)}", flush=True)
            print_table(pages_measured(options.rounds // SELDOM))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
