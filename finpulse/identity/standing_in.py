"""A running cover as the colleague who stands in has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class StandIn:
    """Whom one covers until when, and how far. Ids are primary keys.

    `everybody` means all of the covered colleague's customers but the restricted ones; `names` that customers are named
    in the cover. `held` is what his roles let him do: a cover lends no more than he has himself. A leaver without any
    role is bridged: until his customers have another manager, the coverer does what his own roles let him do.
    """

    cover_id: int
    covered_id: int
    ends_at: datetime
    read_only: bool
    everybody: bool
    names: bool
    held: frozenset[str]

    @classmethod
    def of(cls, row: dict[str, Any]) -> StandIn:
        """Read one as `with_access()` annotates it."""
        held, ends_at = frozenset(row["held"]), datetime.fromisoformat(row["ends_at"])
        return cls(**{**row, "held": held, "ends_at": ends_at})

    def lends(self, permission: str, *, changing: bool) -> bool:
        """Tell whether this verb is within the cover; one that changes a row is not where the cover is read-only."""
        lent = permission in self.held or not self.held
        return lent and not (changing and self.read_only)
