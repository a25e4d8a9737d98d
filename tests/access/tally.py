"""What the matrix asked in one run."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Tally:
    """Routes and cells asked, void cells and leaks found, and the seconds that took."""

    routes: set[str] = field(default_factory=set)
    cells: int = 0
    void: int = 0
    leaks: int = 0
    seconds: float = 0.0

    def count(self, path: str) -> None:
        self.routes.add(path)
        self.cells += 1

    def __str__(self) -> str:
        asked = f"{len(self.routes)} routes, {self.cells} cells"
        return f"{asked}, {self.void} void, {self.leaks} leaks, {self.seconds:.0f} seconds"


class Findings:
    """What is wrong with the cells of one test."""

    def __init__(self, tally: Tally, at_once: bool) -> None:
        self.tally, self.at_once = tally, at_once
        self.lines: list[str] = []

    def leak(self, cell: object, what: str) -> None:
        """A foreign row was named, touched or told of."""
        self.tally.leaks += 1
        self._add(f"{cell}: {what}")

    def void(self, cell: object, what: str) -> None:
        """The own-row twin did not do what shows that the cell could have leaked."""
        self.tally.void += 1
        self._add(f"{cell}: {what}")

    def _add(self, line: str) -> None:
        self.lines.append(line)
        if self.at_once:
            self.check()

    def check(self) -> None:
        """Fail with all that was found."""
        if self.lines:
            raise AssertionError("\n".join(self.lines))
