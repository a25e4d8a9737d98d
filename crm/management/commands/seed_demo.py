"""Make the demo bank."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from crm.demo.balances import WHOLE_UP_TO
from crm.demo.plan import DEFAULT_CUSTOMERS, DemoPlan
from crm.services.demo import DemoSeeded, demo_bank_seed
from finpulse.kernel.errors import DomainError

_BAR = 40


class Command(BaseCommand):
    """Makes the demo bank, or makes it anew."""

    help = (
        "Make a demo bank of any size, the same for the same seed and day. It touches no rows but its own (DC…, DH…). "
        f"Month-end balances of a year have the holdings of the first {WHOLE_UP_TO:,} customers and of the books of "
        "alice, bob and charlie."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take numbers as text: what is wrong with them is said in a sentence."""
        parser.add_argument(
            "--customers", default=str(DEFAULT_CUSTOMERS), help=f"how many (default {DEFAULT_CUSTOMERS})"
        )
        parser.add_argument("--interactions-per-customer", help="exactly so many each (default: a few for some)")
        parser.add_argument("--managers", help="beside the demo accounts (default: one for each thousand of the rest)")
        parser.add_argument("--seed", default="1", help="another number gives other customers (default 1)")
        parser.add_argument("--today", help="the day it is at the bank, as 2026-11-23 (default: today)")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where demo customers exist")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, and say what was made."""
        plan = DemoPlan(
            today=_day(options["today"]),
            customers=_number("--customers", options["customers"]) or 0,
            interactions_per_customer=_number("--interactions-per-customer", options["interactions_per_customer"]),
            managers=_number("--managers", options["managers"]),
            seed=_number("--seed", options["seed"]) or 0,
        )
        try:
            seeded = demo_bank_seed(
                plan=plan, actor=None, keep=options["if_empty"], progress=lambda done: self._show(done, plan.customers)
            )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_sentence(seeded))

    def _show(self, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        filled = _BAR * done // max(total, 1)
        self.stderr.write(f"\r[{'#' * filled}{'.' * (_BAR - filled)}] {done:,} of {total:,} customers", ending="")
        if done >= total:
            self.stderr.write("")


def _sentence(seeded: DemoSeeded) -> str:
    if not seeded.made:
        return "The demo bank is there already; nothing was changed."
    counts = ", ".join(f"{count:,} {name}" for name, count in seeded.made.items() if name != "events")
    before = f" in place of {seeded.removed:,} customers" if seeded.removed else ""
    return f"Made {counts}{before} in {seeded.seconds:.1f} s."


def _number(name: str, text: str | int | None) -> int | None:
    if text is None:
        return None
    try:
        number = int(text)
    except ValueError as error:
        raise CommandError(f"{name} takes a whole number, not {text!r}.") from error
    if number < 0:
        raise CommandError(f"{name} cannot be negative: {number}.")
    return number


def _day(text: str | date | None) -> date:
    if text is None or isinstance(text, date):
        return text or timezone.localdate()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--today takes a day as 2026-11-23, not {text!r}.") from error
