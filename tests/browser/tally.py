"""What the browser tests looked at in one run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.browser.judged import JUDGED


@dataclass
class Tally:
    """Pages, looks (a page in a theme and a width), what was found there, and who was asked for something."""

    pages: set[str] = field(default_factory=set)
    looks: Counter[str] = field(default_factory=Counter)
    violations: int = 0
    unjudged: int = 0
    judged: Counter[int] = field(default_factory=Counter)
    reports: int = 0
    requests: int = 0
    hosts: Counter[str] = field(default_factory=Counter)
    widths: Counter[int] = field(default_factory=Counter)
    most_shift: float = 0.0

    def lines(self) -> list[str]:
        """Give the report, one sentence a line."""
        looks = ", ".join(f"{count} {theme}" for theme, count in sorted(self.looks.items()))
        lines = [
            f"axe: {len(self.pages)} pages, {sum(self.looks.values())} looks ({looks}): "
            f"{self.violations} violations, {self.unjudged} incomplete unjudged, {self.judged.total()} judged",
            *(
                f"  {count} x {JUDGED[at].rule} in {JUDGED[at].within}: {JUDGED[at].reason}"
                for at, count in sorted(self.judged.items())
            ),
            f"policy: {len(self.pages)} pages, {self.requests} requests: "
            f"{self.reports} reports, errors or failed requests",
            f"hosts asked: {', '.join(f'{host} ({count})' for host, count in sorted(self.hosts.items()))}",
            f"layout: {', '.join(f'{count} pages at {width} px' for width, count in sorted(self.widths.items()))}; "
            f"most layout shift {self.most_shift:.4f}",
        ]
        return lines
