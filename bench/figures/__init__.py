"""Whether every customer's page totals equal an independent statement, and how long the figures of many take."""

from __future__ import annotations

import argparse
import os
import sys

CUSTOMERS = 10_000


def main(arguments: list[str]) -> int:
    """Seed a bank in a database of its own, compare, print what differs. Exit status 1 when anything does."""
    parser = argparse.ArgumentParser(prog='make bench ARGS="figures …"', description=__doc__)
    parser.add_argument("--customers", type=int, default=CUSTOMERS, help=f"how many (default {CUSTOMERS:,})")
    options = parser.parse_args(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "finpulse.settings.test"
    os.environ["FINPULSE_TEST_DATABASE"] = "bench_figures"
    from finpulse.local import services

    with services.running():
        import django

        django.setup()
        from bench.figures.comparing import compared_customers, seeded, timed
        from bench.history.loads import own_database

        with own_database(), seeded(options.customers) as reader:
            print(f"{'customers':>9} {'step':30} {'seconds':>8}")
            for step, customers, seconds in timed(reader):
                print(f"{customers:>9,} {step:30} {seconds:>8.3f}")
            customers, differing = compared_customers(reader)
    print(f"{customers:,} customers compared with the statement, {len(differing):,} differ.")
    for number, figures in list(differing.items())[:20]:
        print(f"  {number}: {figures}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
