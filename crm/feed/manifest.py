"""manifest.json: what the sender says that the folder holds."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from crm.feed.codes import CURRENCIES
from crm.feed.refusals import FeedLoadRefused

NAME = "manifest.json"
FORMAT = "finpulse-feed/1"
KINDS = ("FULL", "DELTA")
LONGEST_SOURCE = 40
LARGEST_FILE = 1_000_000
LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True)
class Promise:
    """What the manifest says of one file: its data rows, and the sum of its balances by currency."""

    rows: int
    control_totals: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """Who sent it, of which day, whole or in part, as which number of his."""

    source: str
    business_date: date
    kind: str
    sequence: int
    files: dict[str, Promise]


def read_manifest(path: Path) -> Manifest:
    """Read and check the manifest. :raises FeedLoadRefused: with what is wrong about it."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FeedLoadRefused(f"{NAME} is larger than {LARGEST_FILE:,} bytes.")
        given = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal, parse_constant=_no_constant)
    except OSError as error:
        raise FeedLoadRefused(f"{NAME} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise FeedLoadRefused(f"{NAME} is not JSON in UTF-8: {error}.") from error
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        raise FeedLoadRefused(f"{NAME} does not say that its format is {FORMAT}.")
    return Manifest(
        source=_source(given.get("source")),
        business_date=_business_date(given.get("business_date")),
        kind=_kind(given.get("kind")),
        sequence=_number(given.get("sequence"), "sequence"),
        files=_files(given.get("files")),
    )


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _source(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST_SOURCE or not value.isprintable():
        raise FeedLoadRefused(f"{NAME} names no source of at most {LONGEST_SOURCE} characters.")
    return value.strip()


def _business_date(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise FeedLoadRefused(f"{NAME} gives no business_date as 2026-11-23.") from error


def _kind(value: Any) -> str:
    if value not in KINDS:
        raise FeedLoadRefused(f"{NAME} gives the kind {value!r}: it is {' or '.join(KINDS)}.")
    return str(value)


def _number(value: Any, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_NUMBER:
        raise FeedLoadRefused(f"{NAME} gives no whole number as {name}.")
    return value


def _files(value: Any) -> dict[str, Promise]:
    if not isinstance(value, dict):
        raise FeedLoadRefused(f"{NAME} lists no files.")
    return {name: _promise(name, said) for name, said in value.items()}


def _promise(name: str, said: Any) -> Promise:
    if Path(name).name != name or not name.isprintable() or not isinstance(said, dict):
        raise FeedLoadRefused(f"{NAME} lists {name!r}, which is no file's name with its rows.")
    totals = said.get("control_totals", {})
    if not isinstance(totals, dict) or not set(totals) <= CURRENCIES:
        raise FeedLoadRefused(f"{NAME} gives control totals for {name} that are not amounts by currency.")
    return Promise(
        rows=_number(said.get("rows"), f"rows of {name}"),
        control_totals={currency: _amount(name, amount) for currency, amount in totals.items()},
    )


def _amount(name: str, value: Any) -> Decimal:
    try:
        amount = Decimal(value) if isinstance(value, (str, int, Decimal)) and not isinstance(value, bool) else None
    except ArithmeticError:
        amount = None
    if amount is None or not amount.is_finite():
        raise FeedLoadRefused(f"{NAME} gives {value!r} as a control total of {name}.")
    return amount
