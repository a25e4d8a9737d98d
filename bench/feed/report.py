"""What was measured, as a table."""

from __future__ import annotations

from typing import Any

from bench.feed.measuring import Measured

HEAD = f"{'load':16} {'file':20} {'seconds':>8} {'rows/s':>9} {'of COPY':>8}"
NOTES = (
    "COPY: the CSV file as it is into an unlogged table of the real table's types, without indexes; median of 3.",
    "With indexes: one INSERT … SELECT of what was loaded into a table with the bank's own indexes, without its keys.",
    "Whole load: also the files read once against the manifest, owners, the balance of the day, what vanished.",
    "Processor: the seconds of the loading process and of its PostgreSQL process, whatever else the machine did.",
)


def print_loads(rows: int, measured: Measured) -> None:
    """Print rows a second of COPY and of each load, their ratio, and the memory of the loading process."""
    print(f"\n{rows:,} customers and {rows:,} holdings")
    print(HEAD)
    for name, copied in measured.copied.items():
        _line("plain COPY", name, rows, copied.seconds, copied.seconds)
    for name, indexed in measured.indexed.items():
        _line("with indexes", name, rows, indexed.seconds, measured.copied[name].seconds)
    for load, said in measured.loads.items():
        _print_load(rows, load, said, measured)
    print(f"The database has {measured.size / 2**20:,.0f} MB at the end.", *NOTES, sep="\n")


def _print_load(rows: int, load: str, said: dict[str, Any], measured: Measured) -> None:
    copied = measured.copied
    for name, copy in copied.items():
        _line(load, name, rows, said["files"][name], copy.seconds)
    seconds = sum(one.seconds for one in copied.values())
    _line(load, "both files", 2 * rows, sum(said["files"][name] for name in copied), seconds)
    _line(load, "whole load", 2 * rows, said["seconds"], seconds)
    used = sum(one.processor for one in copied.values())
    _line(load, "by processor time", 2 * rows, said["own"] + said["postgresql"], used)
    print(
        f"{load:16} processor {said['own']:.1f} s here, {said['postgresql']:.1f} s in PostgreSQL (COPY {used:.2f} s);"
        f" memory at most {said['megabytes']:,.0f} MB; {said['refused']:,} rows refused;"
        f" new, changed, unchanged: {[said['counts'][name] for name in copied]}"
    )


def _line(load: str, file: str, rows: int, seconds: float, copied: float) -> None:
    print(f"{load:16} {file:20} {seconds:>8.2f} {rows / seconds:>9,.0f} {copied / seconds:>8.3f}")
