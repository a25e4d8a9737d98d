"""Check the audit trail against its seals."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from finpulse.audit.chain.head import Head, anchored_head, head_of, parse_head
from finpulse.audit.models import AuditSeal
from finpulse.audit.selectors import VERIFIED, Sealing, trail_sealing
from finpulse.audit.services import record
from finpulse.audit.verification import trail_verify

_BAR = 40


class Command(BaseCommand):
    """Reads the whole trail and says what is not as it was sealed; the run is an event of the trail itself."""

    help = (
        "Check the sealed chain of the audit trail: name each event that was edited, removed or inserted and each seal "
        "that was altered or removed, and say how much is not sealed yet. The end is compared with AUDIT_HEAD_FILE, "
        "where one is set, and with --head. Exit status 1 when anything is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a head that was kept elsewhere, as in the log."""
        parser.add_argument(
            "--head", metavar="SEQUENCE:MAC", action="append", default=[], help="a head kept outside, as from the log"
        )

    def handle(self, *args: Any, head: list[str], **options: Any) -> None:
        """Verify, and say what was found."""
        heads, total = _heads(head), AuditSeal.objects.count()
        found = trail_verify(say=self._say, heads=heads, on_progress=lambda done: self._show(done, total))
        self._clear()
        lag = _lag(trail_sealing())
        record(VERIFIED, actor=None, detail={"seals": found.seals, "events": found.events, "findings": found.findings})
        end = f"head {head_of(found.last)}" if found.last else "no head"
        counted = f"{found.events:,} events in {found.seals:,} seals, {end}; {lag}"
        if found.findings:
            raise CommandError(f"The trail is not whole: {_findings(found.findings)}. Checked {counted}")
        self.stdout.write(f"The trail is whole: {counted}")

    def _say(self, sentence: str) -> None:
        self._clear()
        self.stdout.write(sentence)

    def _show(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            filled = min(_BAR * done // max(total, 1), _BAR)
            self.stderr.write(f"\r[{'#' * filled}{'.' * (_BAR - filled)}] {done:,} of {total:,} seals", ending="")

    def _clear(self) -> None:
        if sys.stderr.isatty():
            self.stderr.write("\r\x1b[K", ending="")


def _heads(given: list[str]) -> list[Head]:
    try:
        heads = [parse_head(text) for text in given]
        anchored = anchored_head()
    except ValueError as error:
        raise CommandError(str(error)) from error
    return [*heads, *([anchored] if anchored else [])]


def _findings(count: int) -> str:
    return "one finding" if count == 1 else f"{count:,} findings"


def _lag(sealing: Sealing) -> str:
    if not sealing.waiting:
        return "nothing waits for its seal."
    count = f"{sealing.waiting:,}{'+' if sealing.more else ''}"
    return f"{count} events wait for their seal, the oldest for {sealing.seconds(timezone.now()):,} s."
