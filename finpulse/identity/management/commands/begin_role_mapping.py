"""Say which value of the provider's role claim makes the first system administrator."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from finpulse.identity.services import claim_mapping_begin
from finpulse.kernel.errors import DomainError


class Command(BaseCommand):
    """Begins the table of role mappings; all other lines are proposed and approved in the console."""

    help = "Have VALUE of the provider's role claim give the role of system administrator. Works once for a provider."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the value and the reason."""
        parser.add_argument("value", metavar="VALUE", help="the value, letter for letter")
        parser.add_argument("--reason", required=True, help="why, for the audit trail")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set it."""
        try:
            claim_mapping_begin(value=options["value"], reason=options["reason"], actor=None)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['value']} gives the role of system administrator from the next sign-in on.")
