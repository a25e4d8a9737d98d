"""What it costs to ask who may see a customer, for each kind of reach, at a million customers."""

from __future__ import annotations

import argparse
import os
import sys

LARGE = 1_000_000


def main(arguments: list[str]) -> int:
    """Seed the local bank unless it is to be kept, measure, print. What is made for the measurement is rolled back."""
    parser = argparse.ArgumentParser(prog='make bench ARGS="access …"', description=__doc__)
    parser.add_argument("--customers", type=int, default=LARGE, help=f"how many (default {LARGE:,})")
    parser.add_argument("--keep", action="store_true", help="measure the bank that is there, seed nothing")
    parser.add_argument("--rounds", type=int, default=200, help="of each question (default 200)")
    options = parser.parse_args(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "finpulse.settings.local"
    from finpulse.local import services

    with services.running():
        import django

        django.setup()
        from bench.access.asking import measured
        from bench.access.people import standing_in
        from bench.access.report import print_table
        from bench.scale.servers import seed

        if not options.keep:
            print(seed(options.customers), flush=True)
        with standing_in() as people:
            print_table(measured(people, options.rounds))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
