"""How fast the trail is sealed and verified, and in how much memory."""

from __future__ import annotations

import argparse
import os
import sys

EVENTS = 300_000


def main(arguments: list[str]) -> int:
    """Write events into a database of its own, seal and verify them, print one table."""
    parser = argparse.ArgumentParser(prog='make bench ARGS="audit …"', description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS, help=f"how many (default {EVENTS:,})")
    options = parser.parse_args(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "finpulse.settings.test"
    os.environ["FINPULSE_TEST_DATABASE"] = "bench_audit"
    from finpulse.local import services

    with services.running():
        import django

        django.setup()
        from bench.audit.chain import measured
        from bench.history.loads import own_database

        with own_database():
            steps, facts = measured(options.events)
    print(f"{'step':8} {'seconds':>9} {'events/s':>10} {'grown by':>10}")
    for step in steps:
        print(f"{step.name:8} {step.seconds:>9.1f} {options.events / step.seconds:>10,.0f} {step.grown:>7,.0f} MB")
    print(facts)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
