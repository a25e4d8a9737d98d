"""The folder that a feed is: which files are read, and whether they are what the manifest says."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from pathlib import Path

from crm.feed.codes import CURRENCIES
from crm.feed.forms import Form, RowReader
from crm.feed.manifest import NAME, Manifest, Promise, read_manifest
from crm.feed.parsers import DECIMAL
from crm.feed.records import Record, Records
from crm.feed.refusals import FeedLoadRefused

BALANCE, CURRENCY = "balance", "currency"
TICK = 5000
_EXACT = Context(prec=100)

# Is told a file's name and how many of its bytes are read.
Progress = Callable[[str, int], None]


@dataclass
class Folder:
    """A folder with the files to be read of it, in the order of `forms`, and remarks on the others."""

    path: Path
    manifest: Manifest | None
    forms: list[Form]
    remarks: list[str] = field(default_factory=list)

    @property
    def source(self) -> str:
        """Where the rows are from; the model's own default where the folder does not say."""
        return self.manifest.source if self.manifest else "core"

    def size(self, name: str) -> int:
        """Give a file's bytes."""
        return (self.path / name).stat().st_size

    def records(self, form: Form) -> Records:
        """Open one of the files."""
        return Records(self.path / form.name)


def open_folder(path: Path, forms: Sequence[Form]) -> Folder:
    """Look at the folder. :raises FeedLoadRefused: when it, its manifest or a file that this lists cannot be read."""
    if not path.is_dir():
        raise FeedLoadRefused(f"There is no folder {path}.")
    manifest = read_manifest(path / NAME) if (path / NAME).exists() else None
    there = _csv_files(path)
    listed = set(manifest.files) if manifest else there
    _check_listed(path, listed)
    known = {form.name: form for form in forms}
    folder = Folder(path, manifest, [form for name, form in known.items() if name in listed])
    if manifest is None and not folder.forms:
        raise FeedLoadRefused(f"{path} holds no file of a feed: {', '.join(known)}.")
    folder.remarks += _remarks(manifest, listed, there, set(known))
    return folder


def _check_listed(path: Path, listed: set[str]) -> None:
    if missing := sorted(name for name in listed if not (path / name).is_file()):
        raise FeedLoadRefused(f"{', '.join(missing)} is not in the folder, though {NAME} lists it.")


def _remarks(manifest: Manifest | None, listed: set[str], there: set[str], known: set[str]) -> list[str]:
    remarks = [f"{name} is not a file that is loaded: ignored." for name in sorted(listed - known)]
    remarks += [f"{name} is not listed in {NAME}: ignored." for name in sorted(there - listed)]
    if manifest is None:
        remarks.insert(0, f"Without {NAME} the folder was taken for a DELTA, and nothing was checked.")
    return remarks


def _csv_files(path: Path) -> set[str]:
    try:
        return {entry.name for entry in path.iterdir() if entry.suffix == ".csv"}
    except OSError as error:
        raise FeedLoadRefused(f"The folder {path} cannot be read: {error.strerror}.") from error


def check(folder: Folder, progress: Progress) -> dict[str, str]:
    """Check headers, and rows and control totals against the manifest. Gives the SHA-256 of each file by name.

    Of a listed file that is not loaded the rows are counted only.

    :raises FeedLoadRefused: naming file, expected and found.
    """
    for form in folder.forms:
        records = folder.records(form)
        records.close()
        RowReader(form, records.header)
    promises = folder.manifest.files if folder.manifest else {}
    loaded = {form.name for form in folder.forms}
    prints = {}
    for name in sorted(loaded | set(promises)):
        promise = promises.get(name)
        if promise is not None and name not in loaded:
            promise = Promise(promise.rows)
        prints[name] = _keeps(folder, name, promise, progress) if promise else _sha256(folder.path / name)
    return {name: prints[name] for name in sorted(loaded)}


def prints_of(folder: Folder) -> dict[str, str]:
    """Give the SHA-256 of each file by name, unchecked."""
    return {form.name: _sha256(folder.path / form.name) for form in folder.forms}


def fingerprint(prints: dict[str, str]) -> str:
    """Give one fingerprint of all files."""
    return hashlib.sha256("\n".join(f"{name} {prints[name]}" for name in sorted(prints)).encode()).hexdigest()


def _keeps(folder: Folder, name: str, promise: Promise, progress: Progress) -> str:
    records = Records(folder.path / name)
    places = _places(records, name) if promise.control_totals else []
    rows, unreadable = 0, 0
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for rows, record in enumerate(records, start=1):
        if places and not _read(totals, record, places):
            unreadable += 1
        if rows % TICK == 0:
            progress(name, records.bytes_read)
    progress(name, records.bytes_read)
    records.close()
    if rows != promise.rows:
        raise FeedLoadRefused(f"{name} has {rows:,} rows; {NAME} says {promise.rows:,}. Nothing was loaded.")
    if places:
        _compare(name, promise.control_totals, totals, unreadable)
    return records.sha256


def _places(records: Records, name: str) -> list[int]:
    if not {CURRENCY, BALANCE}.issubset(records.header):
        raise FeedLoadRefused(f"{name} has no {CURRENCY} and {BALANCE}, though {NAME} gives control totals for it.")
    return [records.header.index(CURRENCY), records.header.index(BALANCE)]


def _read(totals: dict[str, Decimal], record: Record, places: list[int]) -> bool:
    return not record.fault and _add(totals, *(record.cells[place].strip() for place in places))


def _add(totals: dict[str, Decimal], currency: str, balance: str) -> bool:
    """Add a balance to its currency's total; an empty one adds nothing. Tells whether both could be read."""
    if currency not in CURRENCIES:
        return False
    if balance and not (len(balance) < _EXACT.prec // 2 and DECIMAL.fullmatch(balance)):
        return False
    totals[currency] = _EXACT.add(totals[currency], Decimal(balance or 0))
    return True


def _compare(name: str, expected: dict[str, Decimal], found: dict[str, Decimal], unreadable: int) -> None:
    for currency in sorted({*expected, *found}):
        said, summed = expected.get(currency, Decimal(0)), found.get(currency, Decimal(0))
        if said != summed:
            without = f" without {unreadable:,} balances that cannot be read" if unreadable else ""
            raise FeedLoadRefused(
                f"The balances of {name} in {currency} sum up to {summed}{without};"
                f" {NAME} says {said}. Nothing was loaded."
            )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
