"""The Berka bank as a feed, and feeds that say something else of each of its rows."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Row = dict[str, str]
TODAY = "2026-11-23"


def make_feeds(folder: Path) -> dict[str, Path]:
    """Give folders by what they change, the bank as it is under ""."""
    data = Path(os.environ["FINPULSE_DATA"])
    tool = data.parent / "tools" / "berka_to_feed.py"
    subprocess.run([sys.executable, tool, data / "berka", folder / "bank", "--today", TODAY], check=True)
    # Without a manifest a folder may be read again and again.
    (folder / "bank" / "manifest.json").unlink()
    return {
        "": folder / "bank",
        "every row's facts": _changed(folder, "facts", _other_facts),
        "every balance, nothing else": _changed(folder, "balances", _other_balance),
    }


def _changed(folder: Path, name: str, change: Callable[[Row], None]) -> Path:
    target = folder / name
    target.mkdir()
    for path in (folder / "bank").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        for row in rows:
            change(row)
        with (target / path.name).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return target


def _other_facts(row: Row) -> None:
    if "segment" in row:
        row["segment"] = "PRIVATE" if row["segment"] != "PRIVATE" else "MASS"
    if "product_code" in row:
        row["product_code"] += "-NEW"


def _other_balance(row: Row) -> None:
    if "balance" in row:
        row["balance"] = str(len(row["holding_no"]) + 1) if not row["balance"] else f"{float(row['balance']) - 1:.2f}"
        row["balance_as_of"] = row["balance_as_of"] or TODAY
