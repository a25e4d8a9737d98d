"""A patch that takes one closure away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class NoLongerApplies(Exception):
    """The text that a patch removes is not there, or not once."""


@dataclass(frozen=True)
class Patch:
    """`old` in `file` becomes `new`; `first` are the tests (pytest's -k) to ask before all the others."""

    name: str
    file: str
    old: str
    new: str
    first: str = "demands and alice"

    def apply(self, checkout: Path) -> str:
        """Write the patched file; give what it held. :raises NoLongerApplies: when the old text is not there once."""
        path = checkout / self.file
        before = path.read_text(encoding="utf-8")
        if before.count(self.old) != 1:
            raise NoLongerApplies(f"{self.name}: {self.file} holds the text {before.count(self.old)} times: {self.old}")
        path.write_text(before.replace(self.old, self.new), encoding="utf-8")
        return before


# The tests of one user, of the house rules, of lists, of covers.
ALICE, DANA, ERIN, FRANK, HEIDI = (f"demands and {name}" for name in ("alice", "dana", "erin", "frank", "heidi"))
HOUSE, LISTS, ROUTES, GIVEN = "house_rules", "test_lists", "every_route", "test_covers or test_cover_named"
