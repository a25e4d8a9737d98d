"""Load the core-banking feed."""

from __future__ import annotations

import csv
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import astuple
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone

from crm.feed.report import MOST_EXAMPLES, Counts, Difference, Report
from crm.services.feed import CHUNK, FeedLoadRefused, RowError, feed_load

SHOWN_ERRORS = 20
MOST_AT_ONCE = 100_000
_BAR = 30
_INTERRUPTED = 130


class Command(BaseCommand):
    """Reads a folder and makes the tables say the same."""

    help = (
        "Load a folder of the core-banking feed (CSV files with manifest.json). Bad rows are refused with file, line, "
        "column and reason, the others load. Read twice, it changes nothing; cut short, it is run again. Needs a "
        "database session of its own: PgBouncer in transaction mode will not do."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder and what to do with it."""
        parser.add_argument("folder", metavar="DIR", type=Path, help="the folder of the feed")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, report the same")
        parser.add_argument("--errors", metavar="FILE", type=Path, help="write refused rows to this CSV file")
        parser.add_argument(
            "--close-missing", action="store_true", help="close what a FULL feed no longer has; refused above 5 %%"
        )
        parser.add_argument("--yes", action="store_true", help="close above 5 %% too")
        parser.add_argument("--missing", metavar="FILE", type=Path, help="write what vanished to this CSV file")
        parser.add_argument("--chunk", metavar="ROWS", default=str(CHUNK), help=f"in one transaction (default {CHUNK})")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what came of it."""
        self._bar = Bar(self.stderr, options["folder"])
        try:
            with ExitStack() as stack:
                report = feed_load(
                    path=options["folder"],
                    actor=None,
                    today=timezone.localdate(),
                    dry_run=options["dry_run"],
                    chunk=_rows(options["chunk"]),
                    close_missing=options["close_missing"],
                    yes=options["yes"],
                    on_error=_written(options["errors"], stack, "file", "line", "column", "reason"),
                    on_vanished=_written(options["missing"], stack, "file", "key"),
                    on_progress=self._bar.show,
                )
        except FeedLoadRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"{error.filename or 'A file'} cannot be read or written: {error.strerror}.") from error
        except Error as error:
            raise CommandError(
                f"The database broke off: {str(error).strip()} Run the same command again to go on."
            ) from error
        except KeyboardInterrupt:
            raise CommandError("Stopped. Run the same command again to go on.", returncode=_INTERRUPTED) from None
        finally:
            self._bar.clear()
        self._say(report, options["errors"])

    def _say(self, report: Report, errors: Path | None) -> None:
        for remark in report.remarks:
            self.stdout.write(remark)
        if report.already_loaded:
            self._say_vanished(report)
            return
        for name, counts in report.files.items():
            self.stdout.write(_counts(name, counts))
        self._say_difference(report.kept_edits, "values were edited here and kept, though the feed says otherwise")
        self._say_difference(report.other_managers, "customers have another manager here than the feed's officer")
        for code, count in report.unknown_officers.most_common(MOST_EXAMPLES):
            self.stdout.write(
                f"{count:,} customers name officer {code}, who is not known here: new ones are unassigned."
            )
        self._say_vanished(report)
        self._say_errors(report, errors)
        done = "Dry run: nothing was written." if report.dry_run else "Loaded."
        self.stdout.write(f"{done} {report.refused:,} rows refused.")

    def _say_vanished(self, report: Report) -> None:
        were = "would be" if report.dry_run else "were"
        for name, vanished in report.vanished.items():
            done = f"; {vanished.closed:,} {were} closed" if vanished.closed else ""
            self._say_difference(vanished, f"rows known of {name} are no longer in the feed{done}")

    def _say_difference(self, difference: Difference, what: str) -> None:
        if difference.count:
            examples = ", ".join(difference.examples[:SHOWN_ERRORS])
            more = ", …" if difference.count > SHOWN_ERRORS else ""
            self.stdout.write(f"{difference.count:,} {what}: {examples}{more}")

    def _say_errors(self, report: Report, errors: Path | None) -> None:
        if errors and report.refused:
            self.stdout.write(f"Refused rows are listed in {errors}.")
            return
        for error in report.errors[:SHOWN_ERRORS]:
            where = ", ".join(filter(None, [error.file, f"line {error.line:,}", error.column]))
            self.stdout.write(f"{where}: {error.reason}")
        if report.refused > SHOWN_ERRORS:
            self.stdout.write(f"… and {report.refused - SHOWN_ERRORS:,} more; --errors FILE lists all.")


class Bar:
    """One line on a terminal, and nothing elsewhere."""

    def __init__(self, out: Any, folder: Path) -> None:
        """Show nothing yet."""
        self._out, self._folder, self._shows = out, folder, sys.stderr.isatty()

    def show(self, name: str, bytes_read: int) -> None:
        """Show how much of the file is read."""
        if self._shows:
            size = max((self._folder / name).stat().st_size, 1)
            filled = min(_BAR * bytes_read // size, _BAR)
            self._out.write(
                f"\r{name:14} [{'#' * filled}{'.' * (_BAR - filled)}] {100 * bytes_read // size:3} %", ending=""
            )

    def clear(self) -> None:
        """Leave the line empty."""
        if self._shows:
            self._out.write("\r\x1b[K", ending="")


def _counts(name: str, counts: Counts) -> str:
    parts = [f"{name:14} {counts.new:>9,} new {counts.changed:>9,} changed {counts.unchanged:>9,} unchanged"]
    parts.append(f"{counts.refused:>7,} refused")
    if counts.removed:
        parts.append(f"{counts.removed:,} removed")
    return f"{' '.join(parts)}  {counts.seconds:6.1f} s"


def _rows(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= MOST_AT_ONCE:
        raise CommandError(f"--chunk takes a whole number from 1 to {MOST_AT_ONCE:,}, not {text}.")
    return int(text)


def _written(path: Path | None, stack: ExitStack, *columns: str) -> Callable[..., None]:
    """Give what writes lines to a CSV file as they come; without a path the report keeps the first of them.

    The file is made at once, so that a bad path is known before anything is loaded.
    """
    if path is None:
        return lambda *facts: None
    writer = csv.writer(stack.enter_context(path.open("w", encoding="utf-8", newline="")))
    writer.writerow(columns)

    def write(*facts: Any) -> None:
        writer.writerow(astuple(facts[0]) if isinstance(facts[0], RowError) else facts)

    return write
