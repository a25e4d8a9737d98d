"""The commands of `make run` and `make check`: python -m finpulse.local run | check."""

import argparse
import os
import sys

from finpulse.local import lifeline
from finpulse.local.disk import told_when_full
from finpulse.local.errors import LocalServiceError


def main() -> None:
    """Read the command line and do what it says; what cannot be done is said in one sentence."""
    options = _parser().parse_args()
    try:
        if options.command == "run":
            _run(options)
        else:
            from finpulse.local.checks import check

            sys.exit(check())
    except LocalServiceError as error:
        sys.exit(str(error))


def _run(options: argparse.Namespace) -> None:
    from finpulse.local.run import run

    if options.stop_with_parent:
        lifeline.hold(os.getppid())
    with told_when_full():
        run(options.port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m finpulse.local")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run FinPulse with its local services until Ctrl-C")
    run.add_argument("--port", type=int, default=8000, help="the web's port (default: 8000)")
    run.add_argument("--stop-with-parent", action="store_true", help="stop when the process that started it ends")
    commands.add_parser("check", help="lint, types, layers, templates, security, complexity, migrations, deployment")
    return parser


if __name__ == "__main__":
    main()
