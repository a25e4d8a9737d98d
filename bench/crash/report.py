"""The crash table."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

from bench.crash.cells import Cell

COLUMNS = (
    "broker    process  fault      lost  twice  first s  longest pause s  all s  mails/s  web p95 before  during"
    "  errors"
)


@dataclass(frozen=True)
class Row:
    """What a cell showed. Seconds count from the fault; `web` is of requests in the ten seconds after it and before."""

    cell: Cell
    lost: int
    twice: int
    unmarked: int
    unsettled: int
    first: float | None
    silence: float | None
    settled: float
    rate: float
    before: float | None
    during: float | None
    errors: int
    revived: int

    def words(self) -> str:
        """Give the line."""
        cell = self.cell
        return (
            f"{cell.broker:9} {cell.process:8} {cell.fault:9} {self.lost:5} {self.twice:6} {_seconds(self.first):>8} "
            f"{_seconds(self.silence):>16} {self.settled:6.1f} {self.rate:8.0f} {_millis(self.before):>15} "
            f"{_millis(self.during):>7} {self.errors:7}{self._remarks()}"
        )

    def _remarks(self) -> str:
        marks = [f"  {self.twice - self.unmarked} marked, {self.unmarked} unmarked"] if self.twice else []
        facts = {"not recorded as sent": self.unsettled, "revived": self.revived}
        return "".join([*marks, *(f"  {count} {words}" for words, count in facts.items() if count)])


@dataclass
class Report:
    """Rows as they come, and the sum at the end."""

    messages: int
    rows: list[Row] = field(default_factory=list)
    started: float = field(default_factory=monotonic)

    def begin(self) -> None:
        """Print what is measured and the columns."""
        print(f"{self.messages:,} e-mails a cell; the fault comes when a quarter has arrived; seconds count from it.")
        print("A beat cell also waits for an alert that only the clock's next tick, once a minute, can find.")
        print(COLUMNS, flush=True)

    def add(self, row: Row) -> None:
        """Print a row."""
        self.rows.append(row)
        print(row.words(), flush=True)

    def end(self) -> int:
        """Print the sum; give the exit status."""
        lost, twice = sum(row.lost for row in self.rows), sum(row.twice for row in self.rows)
        unmarked = sum(row.unmarked for row in self.rows)
        print(
            f"{len(self.rows)} cells, {len(self.rows) * self.messages:,} e-mails: {lost} lost, {twice} sent twice "
            f"({unmarked} of them unmarked); {(monotonic() - self.started) / 60:.1f} minutes"
        )
        return 1 if lost or unmarked or any(row.unsettled for row in self.rows) else 0


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _millis(value: float | None) -> str:
    return "-" if value is None else f"{value * 1000:.0f} ms"
