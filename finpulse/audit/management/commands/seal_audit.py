"""Seal the audit trail."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from finpulse.audit.services import TrailSealRefused, trail_seal


class Command(BaseCommand):
    """Does by hand what the clock does each minute, until nothing waits."""

    help = "Seal every committed event of the audit trail that no seal holds yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal, and say how much."""
        seals = events = 0
        while True:
            try:
                done = trail_seal(now=timezone.now())
            except TrailSealRefused as refusal:
                raise CommandError(str(refusal)) from refusal
            seals, events = seals + done.seals, events + done.events
            if not done.more:
                break
        self.stdout.write(f"Sealed {events:,} events in {seals:,} seals.")
