#!/usr/bin/env python
"""Django's commands. With local settings the local services run for their duration, unless they run already."""

import os
import signal
import sys
from collections.abc import Sequence

from finpulse.settings import env

LOCAL_SETTINGS = ("finpulse.settings.local", "finpulse.settings.test")
# They change tables, or write what the web's role must not: they connect as the tables' owner.
OWNER_COMMANDS = ("createcachetable", "dbshell", "flush", "migrate", "seed_demo", "sqlflush", "test")


def main(arguments: Sequence[str]) -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", LOCAL_SETTINGS[0])
    if any(command in OWNER_COMMANDS for command in arguments[1:2]):
        env.use_owner_role()
    if env.text("DJANGO_SETTINGS_MODULE") in LOCAL_SETTINGS:
        execute_with_services(arguments)
    else:
        execute(arguments)


def execute(arguments: Sequence[str]) -> None:
    """Run one command in Django."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(list(arguments))


def execute_with_services(arguments: Sequence[str]) -> None:
    """Run one command with the local services; a SIGTERM unwinds, so that they end too."""
    from finpulse.local import services
    from finpulse.local.errors import LocalServiceError

    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        with services.running():
            execute(arguments)
    except LocalServiceError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv)
