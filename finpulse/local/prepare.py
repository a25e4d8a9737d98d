"""Bring the local database and the collected files to what this version wants: python -m finpulse.local.prepare."""

import sys

import django
from django.core.management import CommandError, call_command

from finpulse.local.disk import told_when_full
from finpulse.local.errors import LocalServiceError
from finpulse.settings import env


def main() -> None:
    """Migrate, load the demo bank where there is none, collect files; in one process, as Django loads slowly."""
    env.use_owner_role()
    django.setup()
    from finpulse.local.collecting import collect

    try:
        with told_when_full():
            call_command("migrate", "--no-input", "--verbosity=0")
            call_command("seed_demo", "--if-empty")
            collect()
    except (CommandError, LocalServiceError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
