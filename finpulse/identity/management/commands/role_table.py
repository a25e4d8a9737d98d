"""Print the table of roles and permissions."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from finpulse.identity.selectors.role_table import role_table


class Command(BaseCommand):
    """Prints the page docs/development/permissions.md as the code has it."""

    help = "Print docs/development/permissions.md as the code has it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        self.stdout.write(role_table(), ending="")
