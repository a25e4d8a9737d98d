"""Load the catalogue from Consumer Data Standards product documents."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from products.services import BankCounts, CatalogueImportRefused, catalogue_import

BAR = 30


class Command(BaseCommand):
    """Read files and folders; print what came of each bank. Read twice, it changes nothing the second time."""

    help = (
        'Load products from Consumer Data Standards product-detail JSON: a product, {"data": …}, a list, or a folder '
        "of such files. A bad product is refused with file and reason and the rest is loaded; exit status 1 when "
        "none could be."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the paths."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a JSON file, or a folder of them")
        parser.add_argument(
            "--currency", default="AUD", help="ISO 4217; the standard names none for a product (default AUD)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and report."""
        try:
            report = catalogue_import(
                paths=options["paths"],
                currency=options["currency"].upper(),
                today=timezone.localdate(),
                actor=None,
                on_progress=self._show_progress,
            )
        except CatalogueImportRefused as error:
            raise CommandError(str(error)) from error
        for refusal in report.refusals:
            self.stderr.write(f"refused {refusal.file}: {refusal.what}: {refusal.reason}")
        for bank, counts in sorted(report.banks.items()):
            self.stdout.write(_line(bank, counts))
        if len(report.banks) > 1:
            self.stdout.write(_line("All banks", report.total))
        if not report.loaded:
            raise CommandError("No product could be loaded; the reasons are above.")

    def _show_progress(self, done: int, of: int) -> None:
        if self.stderr.isatty():
            bar = "#" * (BAR * done // of)
            self.stderr.write(f"\r[{bar:<{BAR}}] {done} of {of} files", str, ending="\n" if done == of else "")


def _line(bank: str, counts: BankCounts) -> str:
    return (
        f"{bank}: products {counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged, "
        f"{counts.refused} refused; "
        f"criteria {counts.criteria_understood} understood ({counts.criteria_in_part} in part), "
        f"{counts.criteria_verbatim} kept verbatim to be checked by hand, {counts.criteria_refused} refused; "
        f"rates {counts.rates} published, {counts.rates_opened} opened, {counts.rates_closed} closed"
    )
