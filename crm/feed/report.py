"""What came of a load."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from crm.feed.refusals import RowError

MOST_KEPT = 1000
MOST_EXAMPLES = 100
# Files of which no row is about a customer: what stands in any other may be a name, in whatever column.
IMPERSONAL = ("units.csv", "officers.csv", "fx_rates.csv")
_QUOTED = re.compile("“.*”", re.DOTALL)


@dataclass
class Counts:
    """Rows of one file by what came of them. `removed` are rows of ours that the file no longer has."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    removed: int = 0
    seconds: float = 0.0

    def add(self, other: Counts) -> None:
        """Count the other's rows too."""
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.removed += other.removed

    def as_json(self) -> dict[str, int]:
        """Give the counts, without how long it took."""
        return {name: value for name, value in asdict(self).items() if name != "seconds"}


@dataclass
class Difference:
    """Where FinPulse's own word stands against the feed's: how often, and the first of them."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, example: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.examples) < MOST_EXAMPLES:
            self.examples.append(example)


@dataclass
class Vanished(Difference):
    """What a whole feed no longer has of a file, by its key; how many of these were closed."""

    closed: int = 0


@dataclass
class Report:
    """Counts by file, remarks, differences for managers to settle, and the first rows refused."""

    source: str
    sequence: int | None
    dry_run: bool
    already_loaded: bool = False
    files: dict[str, Counts] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    kept_edits: Difference = field(default_factory=Difference)
    other_managers: Difference = field(default_factory=Difference)
    unknown_officers: Counter[str] = field(default_factory=Counter)
    vanished: dict[str, Vanished] = field(default_factory=lambda: defaultdict(Vanished))
    errors: list[RowError] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return sum(counts.refused for counts in self.files.values())

    def refuse(self, error: RowError) -> None:
        """Count a refused row, and keep it while there are few."""
        self.files[error.file].refused += 1
        if len(self.errors) < MOST_KEPT:
            self.errors.append(error)

    def counts(self) -> dict[str, dict[str, int]]:
        """Give the counts by file as JSON takes them."""
        return {name: counts.as_json() for name, counts in self.files.items()}

    def as_json(self) -> dict[str, Any]:
        """Give what `FeedLoad.report` keeps: keys, counts and seconds, no names."""
        seconds = {name: {"seconds": round(counts.seconds, 1)} for name, counts in self.files.items()}
        return {
            "files": {name: counts | seconds[name] for name, counts in self.counts().items()},
            "order": list(self.files),
            "remarks": self.remarks,
            "kept_edits": asdict(self.kept_edits),
            "other_managers": asdict(self.other_managers),
            "unknown_officers": dict(self.unknown_officers.most_common(MOST_EXAMPLES)),
            "vanished": {name: asdict(vanished) for name, vanished in self.vanished.items()},
            "errors": [asdict(_without_value(error)) for error in self.errors],
        }


def _without_value(error: RowError) -> RowError:
    """Leave out what a reason quotes of a row about a customer."""
    return error if error.file in IMPERSONAL else replace(error, reason=_QUOTED.sub("“…”", error.reason))
