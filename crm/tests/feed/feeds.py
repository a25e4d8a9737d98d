"""Feeds for tests: a small good bank, any part of which a test replaces."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from crm.feed.report import Report
from crm.services.feed import feed_load
from tests.services import require

TODAY = date(2026, 11, 23)

CUSTOMER = {"customer_no": "C1", "kind": "PERSON", "country": "CZ", "currency": "CZK", "unit_code": "B1"}
HOLDING = {
    "holding_no": "H1",
    "customer_no": "C1",
    "kind": "ACCOUNT",
    "currency": "CZK",
    "balance": "100.50",
    "opened_on": "2020-01-31",
}
GOOD: dict[str, list[dict[str, str]]] = {
    "units.csv": [
        {"unit_code": "B1", "name": "Branch one", "parent_code": "HQ", "kind": "BRANCH"},
        {"unit_code": "HQ", "name": "Head office", "parent_code": "", "kind": "HEAD_OFFICE"},
    ],
    "officers.csv": [{"officer_code": "O1", "username": "alice"}],
    "customers.csv": [
        CUSTOMER | {"given_name": "Eva", "family_name": "Nováková", "officer_code": "O1", "phone": "+420602118204"},
        {"customer_no": "C2", "kind": "ORGANISATION", "organisation_name": "Pekárna s.r.o.", "unit_code": "B1"},
    ],
    "holdings.csv": [
        HOLDING,
        HOLDING | {"holding_no": "H2", "kind": "LOAN", "balance": "-20.00", "matures_on": "2030-01-31"},
    ],
    "parties.csv": [
        {"holding_no": "H1", "customer_no": "C1", "role": "OWNER"},
        {"holding_no": "H1", "customer_no": "C2", "role": "AUTHORISED"},
    ],
}


class Feed:
    """A folder that is being written."""

    def __init__(self, path: Path, **files: list[dict[str, str]]) -> None:
        """Write the good bank; files named without their ending replace its own, None leaves one out."""
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        for name, rows in (GOOD | {f"{stem}.csv": rows for stem, rows in files.items()}).items():
            if rows is not None:
                self.write(name, rows)

    def write(self, name: str, rows: Iterable[Mapping[str, str]]) -> None:
        """Write a file with every column that any row has."""
        rows = list(rows)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        out = io.StringIO()
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
        (self.path / name).write_text(out.getvalue(), encoding="utf-8", newline="")

    def append(self, name: str, raw: bytes) -> int:
        """Add bytes to a file; give the number of the line that they begin."""
        path = self.path / name
        lines = path.read_bytes().count(b"\n")
        with path.open("ab") as file:
            file.write(raw)
        return lines + 1

    def manifest(self, *, sequence: int = 1, kind: str = "FULL", source: str = "core", **changes: Any) -> None:
        """Write the manifest that the files keep; `changes` replace top-level entries."""
        files: dict[str, Any] = {}
        for path in sorted(self.path.glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as lines:
                files[path.name] = {"rows": sum(1 for _ in csv.DictReader(lines))}
        files.get("holdings.csv", {})["control_totals"] = self._totals()
        said = {
            "format": "finpulse-feed/1",
            "source": source,
            "business_date": "2026-11-23",
            "kind": kind,
            "sequence": sequence,
            "files": files,
        }
        (self.path / "manifest.json").write_text(json.dumps(said | changes), encoding="utf-8")

    def _totals(self) -> dict[str, str]:
        totals: dict[str, Decimal] = {}
        if (self.path / "holdings.csv").exists():
            with (self.path / "holdings.csv").open(encoding="utf-8", newline="") as lines:
                for row in csv.DictReader(lines):
                    totals[row["currency"]] = totals.get(row["currency"], Decimal(0)) + Decimal(row["balance"] or 0)
        return {currency: str(total) for currency, total in totals.items()}

    def load(self, **options: Any) -> Report:
        """Load it as of TODAY."""
        return feed_load(**{"path": self.path, "actor": None, "today": TODAY} | options)


def berka_feed(folder: Path) -> Feed:
    """Give the bank of the public files as of TODAY, made by the data's own tool; needs both, as `require` says."""
    made = [sys.executable, require.berka_tool(), require.data() / "berka", folder]
    subprocess.run([*made, "--today", TODAY.isoformat()], check=True)
    feed = Feed.__new__(Feed)
    feed.path = folder
    return feed


def counted(report: Report, name: str) -> tuple[int, int, int, int]:
    """Give new, changed, unchanged and refused of one file."""
    counts = report.files[name]
    return counts.new, counts.changed, counts.unchanged, counts.refused
