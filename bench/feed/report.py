"""What was measured, as a table."""

from __future__ import annotations

from bench.feed.measuring import Measured

HEAD = f"{'load':16} {'file':14} {'seconds':>8} {'rows/s':>9} {'of COPY':>8}"


def print_loads(rows: int, measured: Measured) -> None:
    """Print rows a second of COPY and of each load, their ratio, and the memory of the loading process."""
    print(f"\n{rows:,} customers and {rows:,} holdings")
    print(HEAD)
    for name, seconds in measured.copied.items():
        _line("plain COPY", name, rows, seconds, seconds)
    copied = sum(measured.copied.values())
    for load, said in measured.loads.items():
        for name, seconds in said["files"].items():
            _line(load, name, rows, seconds, measured.copied.get(name))
        both = sum(said["files"][name] for name in measured.copied)
        _line(load, "both files", 2 * rows, both, copied)
        _line(load, "whole load", 2 * rows, said["seconds"], copied)
        print(
            f"{load:16} memory at most {said['megabytes']:,.0f} MB, {said['refused']:,} rows refused, {said['counts']}"
        )
    print(f"The database has {measured.size / 2**20:,.0f} MB at the end.")
    print("COPY: the CSV file as it is into an unlogged table of the real table's types, without indexes; median of 3.")
    print("Of its own: processor time of the loading process, its start included; the rest is PostgreSQL's.")
    print("Whole load: also the files read once against the manifest, owners, the balance of the day, what vanished.")


def _line(load: str, file: str, rows: int, seconds: float, copied: float | None) -> None:
    ratio = f"{copied / seconds:>8.3f}" if copied is not None else ""
    print(f"{load:16} {file[:14]:14} {seconds:>8.2f} {rows / seconds:>9,.0f} {ratio}")
