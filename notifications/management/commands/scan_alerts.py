"""Find what is due and queue it."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from notifications.services import alerts_scan


class Command(BaseCommand):
    """Does by hand what the clock does each minute."""

    help = "Find the alerts that are due and queue their messages, exactly once per event, recipient and channel."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the moment and whether to count only."""
        parser.add_argument("--now", metavar="ISO", help="scan as of this moment, as 2026-11-23T08:00+01:00")
        parser.add_argument("--dry-run", action="store_true", help="count what would be queued and write nothing")

    def handle(self, *args: Any, now: str | None, dry_run: bool, **options: Any) -> None:
        """Scan and say what came of it."""
        report = alerts_scan(now=_moment(now) if now else timezone.now(), dry_run=dry_run)
        verb = "would be queued" if dry_run else "queued"
        self.stdout.write(
            f"found {report.found} alerts due: {report.queued} messages {verb}, {report.already} already queued"
        )


def _moment(text: str) -> datetime:
    """Read a day or a moment; without an offset it is the bank's local time.

    :raises CommandError: for anything else.
    """
    try:
        day = parse_date(text)
        moment = datetime.combine(day, datetime.min.time()) if day else parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"--now {text} is no ISO date or time, as 2026-11-23 or 2026-11-23T08:00+01:00.")
    return timezone.make_aware(moment, timezone.get_default_timezone()) if timezone.is_naive(moment) else moment
